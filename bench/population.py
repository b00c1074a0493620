"""The people and rooms of a run, made in the database without paying for passwords."""

import secrets
from dataclasses import dataclass

from asgiref.sync import sync_to_async
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from accounts.tokens import issue_tokens
from ai.api import create_assistant
from chat.models import Membership, Message, Room
from chat.rendering import to_html
from chat.services.rooms import create_room
from chat.types import RoomKind, Style

ASSISTANT = "bench-sage"
TEXT = "Has anybody seen my umbrella? I left it by the **blue** door. 謝謝！"


@dataclass(frozen=True, slots=True)
class People:
    """People who share one room; `tokens` let each of them open a socket.

    `assistant` answers them, in so many tokens at most.
    """

    room: Room
    users: list[User]
    tokens: list[str]
    reply_tokens: int
    assistant: str = ASSISTANT


@sync_to_async
def make_people(count: int, *, language: str = "en", reply_tokens: int = 256) -> People:
    """A private room, and its first person is the owner. The assistant is in it too.

    `reply_tokens` is how long the answers to these people may be.
    """
    create_assistant(username=ASSISTANT, name="Sage", is_public=True, joins_new_rooms=True)
    users = _make_users(count, language)
    room = create_room(
        creator=users[0], name="Bench", kind=RoomKind.PRIVATE, style=Style.MINIMALIST
    )
    Membership.objects.bulk_create(Membership(room=room, user=user) for user in users[1:])
    _bound_answers(room, reply_tokens)
    return People(room, users, [issue_tokens(user).access for user in users], reply_tokens)


@sync_to_async
def make_room(people: People) -> Room:
    """Another room of the first person, empty but for them and the assistant."""
    owner = people.users[0]
    room = create_room(creator=owner, name="Bench", kind=RoomKind.PRIVATE, style=Style.MINIMALIST)
    _bound_answers(room, people.reply_tokens)
    return room


@sync_to_async
def make_history(people: People, count: int) -> None:
    """Messages of the second person, or of the only one, which the first has read."""
    author, html = people.users[:2][-1], to_html(TEXT)
    Message.objects.bulk_create(
        (
            Message(
                room=people.room,
                seq=seq,
                author=author,
                client_id=f"{people.room.pk}-{seq}",
                text=TEXT,
                html=html,
                created_at=timezone.now(),
            )
            for seq in range(1, count + 1)
        ),
        batch_size=1_000,
    )
    Room.objects.filter(pk=people.room.pk).update(seq=count)
    Membership.objects.filter(room=people.room, user=people.users[0]).update(last_read_seq=count)


@sync_to_async
def make_rooms(people: People, count: int) -> None:
    """Let the first person belong to `count` rooms in all."""
    rooms = Room.objects.bulk_create(
        Room(slug=f"{people.room.slug}-{n}", name=f"Bench {n}", kind=RoomKind.PRIVATE)
        for n in range(count - 1)
    )
    Membership.objects.bulk_create(Membership(room=room, user=people.users[0]) for room in rooms)


def _bound_answers(room: Room, tokens: int) -> None:
    room.memberships.update(wishes={"values": {"max_tokens": tokens}})


def _make_users(count: int, language: str) -> list[User]:
    group, password = secrets.token_hex(4), make_password(None)
    return User.objects.bulk_create(
        User(username=f"bench-{group}-{n}", password=password, language=language)
        for n in range(count)
    )
