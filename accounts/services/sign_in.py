"""Sign-in of programs: a password or a refresh token becomes a pair of tokens."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.models import update_last_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from accounts.errors import TokenInvalidError, TooManyAttemptsError, WrongCredentialsError
from accounts.handles import normalised
from accounts.limits import limits_needed
from accounts.models import User
from accounts.tokens import TokenPair, is_current, issue_tokens, owner_id, read_refresh_token


def sign_in(*, request: HttpRequest, username: str, password: str) -> TokenPair:
    """Tokens for a handle and its password; an e-mail address is no handle here.

    Failures count for the same limits as those of the login page. Raises WrongCredentialsError,
    TooManyAttemptsError and LimitsDownError.
    """
    handle = normalised(username)
    user = _authenticated(request, handle, password)
    if user is None or not user.is_active or user.username != handle:
        raise WrongCredentialsError
    update_last_login(User, user)
    return issue_tokens(user)


def refresh_tokens(*, refresh: str) -> TokenPair:
    """A new pair for a refresh token. Raises TokenInvalidError."""
    token = read_refresh_token(refresh)
    user = token and User.objects.may_sign_in().filter(pk=owner_id(token)).first()
    if not token or not user or not is_current(token, user):
        raise TokenInvalidError
    return issue_tokens(user)


def _authenticated(request: HttpRequest, handle: str, password: str) -> User | None:
    try:
        with limits_needed():
            user: User | None = get_adapter(request).authenticate(
                request, username=handle, password=password
            )
    except ValidationError as error:  # allauth's word for a used-up limit
        raise TooManyAttemptsError from error
    return user
