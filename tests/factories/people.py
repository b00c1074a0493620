"""People and assistants."""

from typing import Any

from accounts.models import User
from accounts.types import UserKind

PASSWORD = "correct horse battery staple"


def make_person(username: str = "ming", **fields: Any) -> User:
    """A person who can sign in with PASSWORD."""
    return User.objects.create_user(username, password=PASSWORD, **fields)


def make_assistant(username: str = "sage", *, is_public: bool = True) -> User:
    """An assistant; a public one is in every room that is made after it."""
    from ai.api import create_assistant

    create_assistant(
        username=username, name=username.title(), is_public=is_public, joins_new_rooms=is_public
    )
    user: User = User.objects.get(username=username, kind=UserKind.ASSISTANT)
    return user
