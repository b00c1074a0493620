"""What the assistants of a room remember, as its people may see it."""

from collections.abc import Iterable

from accounts.api import User
from accounts.types import UserKind
from ai.api import recall
from ai.types import KnownFact, Recall
from chat.errors import UserNotFoundError
from chat.models import Message, Room
from chat.permissions import may_write
from chat.selectors.access import access_to
from chat.selectors.message_wires import author_wire
from chat.selectors.recent_turns import Listener
from chat.wire import AuthorWire, Wire
from echomind.common.text import is_storable


class FactWire(Wire, frozen=True, kw_only=True):
    """A remembered fact. `message` is the id of the message it came from, null where that is none
    or gone; `by` is who pinned or corrected it, empty where the assistant noticed it by itself.
    """

    id: int
    text: str
    message: int | None
    by: str


class MemoryWire(Wire, frozen=True, kw_only=True):
    """What one assistant remembers of a room. `until` is the number of the last message that it
    knows by the summary alone, 0 where it knows all by their words.
    """

    assistant: AuthorWire
    summary: str
    until: int
    facts: list[FactWire]


class RoomMemory(Wire, frozen=True, kw_only=True):
    """The memories of a room, and whether the caller may change them."""

    may_change: bool
    memories: list[MemoryWire]


def memory_of_room(*, user: User, slug: str) -> RoomMemory:
    """What each assistant of the room remembers. Raises RoomNotFoundError."""
    access = access_to(user=user, slug=slug)
    known = [
        (assistant, recall(Listener(access.room.pk, assistant.pk).conversation))
        for assistant in assistants_in(access.room)
    ]
    ids = _message_ids(access.room, (fact for _, each in known for fact in each.facts))
    return RoomMemory(
        may_change=access.role is not None and may_write(access.role),
        memories=[_memory(access.room, assistant, each, ids) for assistant, each in known],
    )


def assistants_in(room: Room) -> list[User]:
    """The room's assistants, in the order of joining."""
    rows = room.memberships.filter(user__kind=UserKind.ASSISTANT).select_related("user")
    return [member.user for member in rows.order_by("pk")]


def assistant_in(room: Room, username: str) -> User:
    """The assistant of this handle. Raises UserNotFoundError where it is not in the room."""
    rows = room.memberships.filter(user__kind=UserKind.ASSISTANT, user__username=username)
    member = rows.select_related("user").first() if is_storable(username) else None
    if member is None:
        raise UserNotFoundError
    return member.user


def _message_ids(room: Room, facts: Iterable[KnownFact]) -> dict[int, int]:
    """Ids of the messages that facts came from, by their numbers."""
    numbers = {fact.message for fact in facts if fact.message is not None}
    rows = Message.objects.filter(room=room, seq__in=numbers, removed_at=None)
    return dict(rows.values_list("seq", "pk"))


def _memory(room: Room, assistant: User, known: Recall, ids: dict[int, int]) -> MemoryWire:
    return MemoryWire(
        assistant=author_wire(room, assistant),
        summary=known.summary,
        until=known.until if known.summary else 0,
        facts=[
            FactWire(id=fact.id, text=fact.text, message=ids.get(fact.message or 0), by=fact.by)
            for fact in known.facts
        ],
    )
