"""Rooms as one user sees them, with members and true unread counts. Three statements for any number."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.api import User
from chat.models import Membership, Message, Room
from chat.realtime.presence import users_online
from chat.selectors.access import access_to
from chat.selectors.members import member_wires
from chat.types import RoomKind
from chat.wire import RoomWire

LISTED_MEMBERS = 200  # a larger room names its first members here; the rest come by page


def rooms_of(user: User) -> list[RoomWire]:
    """Public rooms and the user's own, seeded order first, then by name."""
    rooms = list(Room.objects.visible_to(user.pk).order_by("pk"))
    return _wires(user, rooms)


def room_wire(user: User, slug: str) -> RoomWire:
    """One room. Raises RoomNotFoundError."""
    return _wires(user, [access_to(user=user, slug=slug).room])[0]


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


def _wires(user: User, rooms: list[Room]) -> list[RoomWire]:
    members: dict[int, list[Membership]] = defaultdict(list)
    for row in (
        Membership.objects.filter(room__in=rooms).select_related("user", "room").order_by("pk")
    ):
        members[row.room_id].append(row)
    mine = {row.room_id: row for rows in members.values() for row in rows if row.user_id == user.pk}
    unread = _unread_of(user, mine)
    online = users_online({row.user_id for rows in members.values() for row in rows})
    return [
        _wire(user, room, members[room.pk], mine.get(room.pk), unread.get(room.pk, 0), online)
        for room in rooms
    ]


def _unread_of(user: User, mine: dict[int, Membership]) -> dict[int, int]:
    """Counts only past the reader's mark, so a long history costs nothing."""
    unseen = Q()
    for room_id, membership in mine.items():
        unseen |= Q(room=room_id, seq__gt=membership.last_read_seq)
    if not mine:
        return {}
    rows = (
        Message.objects.filter(unseen, removed_at=None)
        .exclude(author=user)
        .values_list("room")
        .annotate(count=Count("pk"))
        .order_by()
    )
    return dict(rows)


def _wire(
    user: User,
    room: Room,
    members: list[Membership],
    mine: Membership | None,
    unread: int,
    online: set[int],
) -> RoomWire:
    return RoomWire(
        slug=room.slug,
        name=_name_for(user, room, members),
        topic=room.topic,
        kind=room.kind,
        style=room.style,
        seq=room.seq,
        unread=unread,
        role=mine.role if mine else None,
        members=member_wires(members[:LISTED_MEMBERS], online),
    )


def _name_for(user: User, room: Room, members: list[Membership]) -> str:
    """A direct room is called after the other one."""
    if room.kind != RoomKind.DIRECT:
        return room.name
    others = [row.user.shown_name for row in members if row.user_id != user.pk]
    return others[0] if others else room.name
