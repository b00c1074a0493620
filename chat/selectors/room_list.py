"""Rooms as one user sees them, with members and true unread counts. Three statements for any number.

What a list costs depends on what it shows: not on how many rooms, members and messages there are.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.api import User
from chat.errors import RoomNotFoundError
from chat.models import Membership, Message, Room
from chat.selectors.access import access_to, room_for
from chat.selectors.members import listed_members
from chat.types import RoomKind
from chat.wire import MemberWire, RoomWire

PAGE = 200
PUBLIC_BESIDE = 100  # public rooms in the sidebar, beside the reader's own
CHATS_BESIDE = 50  # conversations with assistants there, the newest; a page of their own has all


def room_page(user: User, number: int) -> tuple[list[RoomWire], bool]:
    """A page, from 1, of the public rooms and the user's own, oldest first; whether others follow."""
    first, after = (number - 1) * PAGE, number * PAGE
    found = list(_visible(user, public=after + 1, own=after + 1)[first : after + 1])
    here = found[:PAGE]
    return _wires(user, here, listed_members(here)), len(found) > PAGE


def rooms_beside(user: User) -> list[RoomWire]:
    """The user's own rooms, the first public ones and the newest chats, but nothing archived.

    Only direct rooms come with their members.
    """
    everybodys = Room.objects.filter(kind=RoomKind.PUBLIC).order_by("pk").values("pk")
    theirs = Membership.objects.filter(user=user, archived_at=None).values("room_id")
    is_chat = Q(room__kind=RoomKind.DIRECT, room__pair=None)
    chats = theirs.filter(is_chat).order_by("-room_id")[:CHATS_BESIDE]
    ids = everybodys[:PUBLIC_BESIDE].union(theirs.exclude(is_chat), chats)
    rooms = list(Room.objects.filter(pk__in=ids).order_by("pk"))
    direct = [room for room in rooms if room.kind == RoomKind.DIRECT]
    return _wires(user, rooms, listed_members(direct))


def room_wire(user: User, slug: str) -> RoomWire:
    """One room. Raises RoomNotFoundError."""
    room = access_to(user=user, slug=slug).room
    return _wires(user, [room], listed_members([room]))[0]


def room_names(user: User, rooms: Sequence[Room]) -> dict[int, str]:
    """By room id: what each of these rooms is called for this user. At most one statement."""
    direct = [room for room in rooms if room.kind == RoomKind.DIRECT]
    members = listed_members(direct) if direct else {}
    return {room.pk: _name_for(user, room, members.get(room.pk, [])) for room in rooms}


def where_to_begin(user: User, last: str | None) -> str | None:
    """The slug of the room the user left last, if it is still open to them, else of the oldest room."""
    if last is not None:
        with suppress(RoomNotFoundError):
            return room_for(user, last).slug
    return _visible(user, public=1, own=1).values_list("slug", flat=True).first()


def _visible(user: User, *, public: int, own: int) -> QuerySet[Room]:
    """The first `public` public rooms, and the first `own` of those the user belongs to.

    Each is bounded before they meet: asked for together, Postgres reads every room there is.
    """
    everybodys = Room.objects.filter(kind=RoomKind.PUBLIC).order_by("pk").values("pk")
    theirs = Membership.objects.filter(user=user).order_by("room_id").values("room_id")
    ids = everybodys[:public].union(theirs[:own])
    return Room.objects.filter(pk__in=ids).order_by("pk")


def unread_counts(room_id: int, user_ids: Sequence[int]) -> dict[int, int]:
    """How many messages of others each of these members has not seen in a room. One statement."""
    rows = (
        Membership.objects.filter(room=room_id, user__in=user_ids)
        .annotate(unread=_unread())
        .values_list("user_id", "unread")
    )
    return dict(rows)


def _unread() -> Coalesce:
    """Counted for each member from their mark on: joining all messages would read all history."""
    unseen = Message.objects.filter(
        room=OuterRef("room"), seq__gt=OuterRef("last_read_seq"), removed_at=None
    ).exclude(author=OuterRef("user"))
    count = unseen.order_by().values("room").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def _wires(
    user: User, rooms: Sequence[Room], members: Mapping[int, list[MemberWire]]
) -> list[RoomWire]:
    own = (
        Membership.objects.filter(user=user, room__in=[room.pk for room in rooms])
        .annotate(unread=_unread())
        .values_list("room_id", "role", "unread")
    )
    standing = {room_id: (role, unread) for room_id, role, unread in own}
    return [
        _wire(user, room, members.get(room.pk, []), *standing.get(room.pk, (None, 0)))
        for room in rooms
    ]


def _wire(
    user: User, room: Room, members: list[MemberWire], role: str | None, unread: int
) -> RoomWire:
    return RoomWire(
        slug=room.slug,
        name=_name_for(user, room, members),
        topic=room.topic,
        kind=room.kind,
        style=room.style,
        seq=room.seq,
        unread=unread,
        role=role,
        members=members,
    )


def _name_for(user: User, room: Room, members: list[MemberWire]) -> str:
    """A direct room has a title, or is called after the other one."""
    if room.kind != RoomKind.DIRECT:
        return room.name
    others = [member.name for member in members if member.username != user.username]
    return room.title or (others[0] if others else room.name)
