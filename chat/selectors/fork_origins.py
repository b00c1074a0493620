"""Where forks come from, for those who may see it: the room and the message they were made at."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Exists, OuterRef, Q

from accounts.api import User
from chat.models import Membership, Message, Room
from chat.selectors.room_list import room_names
from chat.types import RoomKind
from chat.wire import OriginWire

HIDDEN = OriginWire(room=None, name=None, message=None)


def origins_of(user: User, rooms: Sequence[Room]) -> dict[int, OriginWire]:
    """By room id: the origin of each fork among these rooms. Two statements, none without forks."""
    forks = {room.pk: room.forked_from_id for room in rooms if room.forked_from_id}
    if not forks:
        return {}
    visible = _visible(user, forks.values())
    names = room_names(user, [message.room for message in visible.values()])
    return {room: _origin(visible.get(message), names) for room, message in forks.items()}


def _visible(user: User, messages: Iterable[int]) -> dict[int, Message]:
    """Those of these messages, taken back or not, whose room the user may open now."""
    belongs = Exists(Membership.objects.filter(user=user, room=OuterRef("room")))
    found = Message.objects.filter(Q(room__kind=RoomKind.PUBLIC) | belongs, pk__in=messages)
    return {message.pk: message for message in found.select_related("room")}


def _origin(message: Message | None, names: Mapping[int, str]) -> OriginWire:
    if message is None:
        return HIDDEN
    is_there = message.removed_at is None
    return OriginWire(
        room=message.room.slug,
        name=names[message.room_id],
        message=message.pk if is_there else None,
    )
