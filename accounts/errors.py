"""What can go wrong with accounts, each with its code and a sentence for people."""

from django.utils.translation import gettext_lazy as _

from echomind.common.errors import NeverWorksError, TryAgainError


class WrongCredentialsError(NeverWorksError):
    """Handle and password do not belong together, or the account is disabled."""

    code, status = "wrong_credentials", 401
    sentence = _("The handle or the password is wrong.")


class TooManyAttemptsError(TryAgainError):
    """A rate limit is used up."""

    code, status = "too_many_attempts", 429
    sentence = _("Too many attempts. Wait a few minutes and try again.")


class LimitsDownError(TryAgainError):
    """The attempts cannot be counted, so none is let through."""

    code = "limits_down"
    sentence = _("Signing in is not possible for a moment. Try again in a minute.")


class TokenInvalidError(NeverWorksError):
    """The refresh token is forged, has expired, or was revoked."""

    code, status = "token_invalid", 401
    sentence = _("Your access has ended. Sign in again.")


class SignupInvalidError(NeverWorksError):
    """The new account is refused; `data` holds the sentences of each field."""

    code, status = "invalid", 400
    sentence = _("Some of the fields are not right.")


class HandleTakenError(NeverWorksError):
    """Two people asked for the same handle at the same moment."""

    code, status, sentence = "handle_taken", 409, _("This handle is taken.")


class HandleInvalidError(NeverWorksError):
    """The handle of a new assistant is taken, reserved, or no handle; the sentence says which."""

    code, status, sentence = "handle_invalid", 400, _("This is no handle.")


class NameInvalidError(NeverWorksError):
    """A display name is empty, too long, or holds signs that nobody can see."""

    code, status = "name_invalid", 400
    sentence = _("The name needs 1 to {most} characters that can be seen.")
