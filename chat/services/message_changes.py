"""What all changes of a message share: who may make them, and how the room is told."""

from accounts.api import User
from chat.errors import MessageNotFoundError, RoomNotFoundError
from chat.models import Message, Room
from chat.permissions import require_write
from chat.realtime.events import MessageEdited, MessageRemoved
from chat.realtime.publish import tell_room
from chat.selectors.access import Access, access_to
from chat.selectors.message_wires import fetch_wire
from chat.services.numbering import record_event
from chat.types import EventType, Role


def message_to_change(user: User, message_id: int) -> tuple[Message, Access]:
    """Lock a message that the user may see in a room where the user may write.

    Raises ReadOnlyError, and MessageNotFoundError also to a stranger of the room.
    """
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("room")
        .filter(pk=message_id, removed_at=None)
        .first()
    )
    if message is None:
        raise MessageNotFoundError
    try:
        access = access_to(user=user, slug=message.room.slug)
    except RoomNotFoundError as error:
        raise MessageNotFoundError from error
    require_write(access.role or Role.READER)
    return message, access


def record_change(room: Room, message: Message, kind: EventType) -> int:
    """Number the change and tell the room, after the commit; returns the event's number."""
    seq = record_event(room_id=room.pk, kind=kind, message=message)
    wire = fetch_wire(room, message.pk)
    event = MessageEdited if kind == EventType.MESSAGE_EDITED else MessageRemoved
    tell_room(room.pk, event(room=room.slug, seq=seq, message=wire))
    return seq
