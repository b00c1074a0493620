"""The people and rooms of a run, made in the database without paying for passwords."""

import secrets
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.tokens import issue_tokens
from ai.api import create_assistant
from chat.models import Membership, Room
from chat.services.rooms import create_room
from chat.types import RoomKind, Style

ASSISTANT = "bench-sage"


@dataclass(frozen=True, slots=True)
class People:
    """People who share one room; `tokens` let each of them open a socket."""

    room: Room
    users: list[User]
    tokens: list[str]


@sync_to_async
def make_people(count: int, *, language: str = "en", reply_tokens: int = 256) -> People:
    """A private room, and its first person is the owner. The assistant is in it too.

    `reply_tokens` is how long the answers to these people may be.
    """
    create_assistant(username=ASSISTANT, name="Sage", is_public=True)
    users = _make_users(count, language)
    room = create_room(
        creator=users[0], name="Bench", kind=RoomKind.PRIVATE, style=Style.MINIMALIST
    )
    Membership.objects.bulk_create(Membership(room=room, user=user) for user in users[1:])
    room.memberships.update(wishes={"values": {"max_tokens": reply_tokens}})
    return People(room, users, [issue_tokens(user).access for user in users])


@sync_to_async
def make_room(owner: User) -> Room:
    """Another room, empty but for its owner and the assistant."""
    return create_room(creator=owner, name="Bench", kind=RoomKind.PRIVATE, style=Style.MINIMALIST)


def _make_users(count: int, language: str) -> list[User]:
    group, password = secrets.token_hex(4), make_password(None)
    return User.objects.bulk_create(
        User(username=f"bench-{group}-{n}", password=password, language=language)
        for n in range(count)
    )
