"""A person's conversations with assistants: which they are, and which hold a word."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from accounts.api import User
from accounts.types import UserKind
from chat.errors import ConversationNotFoundError
from chat.models import Membership, Message, Room
from chat.selectors.fork_origins import origins_of
from chat.selectors.message_wires import author_wire
from chat.types import RoomKind
from chat.wire import ConversationWire, FoundWire
from echomind.common.text import is_storable, normalised

PAGE = 50
LONGEST_QUERY = 100  # characters
AROUND = 40  # characters shown before and after what was found


@dataclass(frozen=True, slots=True)
class Conversation:
    """A direct room of one person and one assistant, as it stands in the person's list."""

    membership: Membership  # the person's, selected with its room
    assistant: User

    @property
    def room(self) -> Room:
        """Where they talk."""
        return self.membership.room

    @property
    def title(self) -> str:
        """What it is called, or whom it is with."""
        return self.room.title or self.assistant.shown_name


def own_conversations(user: User) -> QuerySet[Membership]:
    """The user's memberships in conversations, archived or not, the newest first."""
    assistants = Membership.objects.filter(room=OuterRef("room"), user__kind=UserKind.ASSISTANT)
    own = Membership.objects.filter(Exists(assistants), user=user, room__kind=RoomKind.DIRECT)
    return own.select_related("room").order_by("-room_id")


def all_conversations() -> QuerySet[Room]:
    """Everybody's, the oldest first."""
    assistants = Membership.objects.filter(room=OuterRef("pk"), user__kind=UserKind.ASSISTANT)
    return Room.objects.filter(Exists(assistants), kind=RoomKind.DIRECT).order_by("pk")


def conversation_of(*, user: User, slug: str) -> Conversation:
    """One of the user's conversations. Raises ConversationNotFoundError, for everybody else too."""
    found = own_conversations(user).filter(room__slug=slug) if is_storable(slug) else ()
    for conversation in with_assistants(found):
        return conversation
    raise ConversationNotFoundError


def conversation_page(
    user: User, number: int, *, query: str = "", archived: bool | None = None
) -> tuple[list[ConversationWire], bool]:
    """A page, from 1, of those whose title or texts hold `query`; whether others follow."""
    query = normalised(query)[:LONGEST_QUERY]
    if not is_storable(query):
        return [], False
    rows = own_conversations(user)
    if archived is not None:
        rows = rows.filter(archived_at__isnull=not archived)
    if query:
        rows = rows.filter(Q(room__title__icontains=query) | Exists(_saying(query)))
    first = (number - 1) * PAGE
    found = list(rows.annotate(spoken_at=_spoken_at())[first : first + PAGE + 1])
    return _wires(user, found[:PAGE], query), len(found) > PAGE


def conversation_wire(user: User, slug: str) -> ConversationWire:
    """One conversation as the API shows it. Raises ConversationNotFoundError."""
    room = conversation_of(user=user, slug=slug).room
    rows = own_conversations(user).filter(room=room).annotate(spoken_at=_spoken_at())
    return _wires(user, list(rows), "")[0]


def with_assistants(memberships: Iterable[Membership]) -> list[Conversation]:
    """The conversations of these memberships, in their order. One statement more."""
    rows = list(memberships)
    others = Membership.objects.filter(
        room__in=[row.room_id for row in rows], user__kind=UserKind.ASSISTANT
    )
    by_room = {other.room_id: other.user for other in others.select_related("user")}
    return [Conversation(row, by_room[row.room_id]) for row in rows]


def excerpt(text: str, query: str) -> str:
    """The text around the first place of `query`, on one line."""
    found = re.search(re.escape(query), text, re.IGNORECASE)
    begin, end = found.span() if found else (0, 0)
    first, last = max(0, begin - AROUND), end + AROUND
    cut = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{cut}{'…' if last < len(text) else ''}"


def _saying(query: str) -> QuerySet[Message]:
    return Message.objects.filter(room=OuterRef("room"), removed_at=None, text__icontains=query)


def _spoken_at() -> Subquery:
    """When the newest message came; read backwards along the room's numbers."""
    newest = Message.objects.filter(room=OuterRef("room"), removed_at=None).order_by("-seq")
    return Subquery(newest.values("created_at")[:1])


def _wires(user: User, rows: Sequence[Membership], query: str) -> list[ConversationWire]:
    found = _found_in([row.room_id for row in rows], query) if query else {}
    origins = origins_of(user, [row.room for row in rows])
    return [
        ConversationWire(
            slug=one.room.slug,
            title=one.title,
            assistant=author_wire(one.room, one.assistant),
            archived=one.membership.archived_at is not None,
            created_at=one.room.created_at,
            spoken_at=vars(one.membership)["spoken_at"],
            found=found.get(one.room.pk),
            forked_from=origins.get(one.room.pk),
        )
        for one in with_assistants(rows)
    ]


def _found_in(rooms: Sequence[int], query: str) -> dict[int, FoundWire]:
    """By room id: the newest message that says it."""
    messages = Message.objects.filter(room__in=rooms, removed_at=None, text__icontains=query)
    newest = messages.order_by("room", "-seq").distinct("room")
    return {
        room_id: FoundWire(id=pk, seq=seq, text=excerpt(text, query))
        for room_id, pk, seq, text in newest.values_list("room_id", "pk", "seq", "text")
    }
