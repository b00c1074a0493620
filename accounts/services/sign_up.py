"""Sign-up of programs, by the rules and limits of the sign-up page."""

from collections.abc import Mapping

from allauth.core import ratelimit
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language

from accounts.errors import HandleTakenError, SignupInvalidError, TooManyAttemptsError
from accounts.forms import SignupForm
from accounts.limits import limits_needed
from accounts.models import User

FIELDS = {"password1": "password", "password2": "password"}  # the form's names and the API's


def sign_up(*, request: HttpRequest, fields: Mapping[str, str]) -> User:
    """The new account of `username`, `password`, and perhaps `name`, `language` and `email`.

    Raises SignupInvalidError with the sentences of each field, TooManyAttemptsError and
    LimitsDownError.
    """
    with limits_needed():
        if not ratelimit.consume(request, action="signup"):
            raise TooManyAttemptsError
    password = fields["password"]
    both = {"password1": password, "password2": password}
    form = SignupForm({"language": get_language(), **fields, **both})
    if not form.is_valid():
        raise SignupInvalidError(None, **_sentences(form))
    return _written(request, form)


def _written(request: HttpRequest, form: SignupForm) -> User:
    try:
        with transaction.atomic():
            user: User = form.save(request)
    except IntegrityError as error:  # somebody took the handle a moment ago
        raise HandleTakenError from error
    return user


def _sentences(form: SignupForm) -> dict[str, list[str]]:
    return {
        FIELDS.get(field, field): [str(sentence) for sentence in sentences]
        for field, sentences in form.errors.items()
    }
