"""Makes and changes the user rows of assistants. What an assistant is beyond its row is ai's."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.errors import HandleInvalidError, HandleTakenError, NameInvalidError
from accounts.models import User
from accounts.types import UserKind
from echomind.common.text import is_safe, is_visible, one_line

MAX_NAME = 64


def make_assistant_user(*, username: str, name: str) -> User:
    """A user whom nobody can sign in as. Raises as `rename_assistant`, and for the handle
    HandleInvalidError or HandleTakenError.
    """
    user = User(username=_handle(username), name=_name(name), kind=UserKind.ASSISTANT)
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:  # somebody took the handle a moment ago
        raise HandleTakenError from error
    return user


def rename_assistant(*, user: User, name: str) -> None:
    """Change the display name. Raises NameInvalidError."""
    user.name = _name(name)
    user.save(update_fields=["name"])


def retire_assistant_user(*, user: User) -> None:
    """Switch the account off: nobody can address it, and its handle stays taken."""
    user.is_active = False
    user.save(update_fields=["is_active"])


def _handle(username: str) -> str:
    try:
        return str(get_adapter().clean_username(username))
    except ValidationError as error:
        raise HandleInvalidError(error.messages[0]) from error


def _name(name: str) -> str:
    name = one_line(name)
    if not (is_safe(name) and is_visible(name) and len(name) <= MAX_NAME):
        raise NameInvalidError(most=MAX_NAME)
    return name
