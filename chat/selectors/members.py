"""Members as the outside contract shows them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.types import UserKind
from chat.models import Membership, Room
from chat.realtime.presence import users_online
from chat.wire import MemberWire
from imaging.api import avatar_of

LISTED = 100  # a room is shown with the first of its members; `member_page` leads to all of them
PAGE = 200

# A window function would number all members of all these rooms.
_FIRST_OF_EACH_ROOM = """
SELECT listed.id FROM unnest(%s::bigint[]) AS wanted(room) CROSS JOIN LATERAL (
  SELECT id FROM chat_membership WHERE room_id = wanted.room ORDER BY id LIMIT %s
) AS listed
"""


def member_wire(membership: Membership, *, online: bool) -> MemberWire:
    """A member in the room's style. An assistant is always there."""
    user = membership.user
    return MemberWire(
        username=user.username,
        name=user.shown_name,
        kind=user.kind,
        avatar=avatar_of(user, membership.room.style),
        role=membership.role,
        online=online or user.kind == UserKind.ASSISTANT,
    )


def listed_members(rooms: Sequence[Room]) -> dict[int, list[MemberWire]]:
    """By room id: who came first to each of the rooms, at most `LISTED`. One statement."""
    ids = [room.pk for room in rooms]
    first = RawSQL(_FIRST_OF_EACH_ROOM, [ids, LISTED])  # noqa: S611  (no word of it is a caller's)
    return _wires(rooms, Membership.objects.filter(pk__in=first).order_by("pk"))


def member_page(room: Room, number: int, *, query: str = "") -> tuple[list[MemberWire], bool]:
    """A page of a room's members, from 1, in the order they came; and whether others follow.

    With a query, those whose handle begins with it or whose name holds it.
    """
    first = (number - 1) * PAGE
    found = room.memberships.order_by("pk")
    if query:
        begins = Q(user__username__istartswith=query)
        found = found.filter(begins | Q(user__name__icontains=query))
    rows = found[first : first + PAGE + 1]
    members = _wires([room], rows).get(room.pk, [])
    return members[:PAGE], len(members) > PAGE


def _wires(rooms: Iterable[Room], memberships: QuerySet[Membership]) -> dict[int, list[MemberWire]]:
    by_id = {room.pk: room for room in rooms}
    """By room id, in the order given."""
    rows = list(
        memberships.select_related("user").only(
            "room", "role", "user__username", "user__name", "user__kind", "user__faces"
        )
    )
    online = users_online({row.user_id for row in rows})
    members: dict[int, list[MemberWire]] = defaultdict(list)
    for row in rows:
        row.room = by_id[row.room_id]
        members[row.room_id].append(member_wire(row, online=row.user_id in online))
    return members
