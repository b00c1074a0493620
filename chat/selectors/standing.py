"""Where users stand, asked for many at once by the sockets of a process."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from chat.models import Membership, Room
from chat.selectors.access import Access
from chat.types import RoomKind
from echomind.common.text import is_storable


def rooms_joined(user_ids: Sequence[int]) -> dict[int, set[int]]:
    """The ids of the rooms that each user belongs to. One statement."""
    rooms: dict[int, set[int]] = {user_id: set() for user_id in user_ids}
    for user_id, room_id in Membership.objects.filter(user__in=user_ids).values_list(
        "user_id", "room_id"
    ):
        rooms[user_id].add(room_id)
    return rooms


def public_among(room_ids: Iterable[int]) -> set[int]:
    """Those of the rooms that anybody may see. One statement."""
    rooms = Room.objects.filter(pk__in=list(room_ids), kind=RoomKind.PUBLIC)
    return set(rooms.values_list("pk", flat=True))


def accesses(asked: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Access]:
    """What each (user, slug) may open; a pair that may not is left out. Two statements."""
    slugs = {slug for _, slug in asked if is_storable(slug)}
    rooms = {room.slug: room for room in Room.objects.filter(slug__in=slugs)}
    roles: dict[int, dict[int, tuple[str | None, int]]] = defaultdict(dict)
    rows = Membership.objects.filter(
        room__in=[room.pk for room in rooms.values()], user__in={user for user, _ in asked}
    )
    for row in rows:
        roles[row.room_id][row.user_id] = (row.role, row.last_read_seq)
    found: dict[tuple[int, str], Access] = {}
    for user_id, slug in asked:
        room = rooms.get(slug)
        if room is None:
            continue
        role, read = roles[room.pk].get(user_id, (None, 0))
        if role is not None or room.kind == RoomKind.PUBLIC:
            found[user_id, slug] = Access(room, role, read)
    return found


def room_seqs(room_ids: Iterable[int]) -> dict[int, int]:
    """The newest event's number of each room. One statement."""
    return dict(Room.objects.filter(pk__in=list(room_ids)).values_list("pk", "seq"))


def slugs_of(room_ids: Iterable[int]) -> dict[int, str]:
    """The slug of each room. One statement."""
    return dict(Room.objects.filter(pk__in=list(room_ids)).values_list("pk", "slug"))


def names_and_rooms(user_ids: Iterable[int]) -> list[tuple[str, int, str]]:
    """Handle, room id and slug for each room that one of the users belongs to. One statement."""
    rows = Membership.objects.filter(user__in=list(user_ids))
    return list(rows.values_list("user__username", "room_id", "room__slug"))
