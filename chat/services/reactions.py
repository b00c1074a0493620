"""Puts an emoji on a message and takes it off again."""

from django.db import transaction
from emoji import is_emoji

from accounts.api import User
from chat.errors import EmojiInvalidError, MessageNotFoundError, RoomNotFoundError
from chat.models import Message, Reaction, Room
from chat.permissions import require_write
from chat.realtime.events import MessageEdited
from chat.realtime.publish import tell_room
from chat.selectors.access import access_to
from chat.selectors.message_wires import fetch_wire
from chat.services.numbering import record_event
from chat.types import EventType, Role


def toggle_reaction(*, user: User, message_id: int, emoji: str) -> int:
    """Add one's reaction or remove it; returns the event's number.

    Raises MessageNotFoundError, ReadOnlyError, EmojiInvalidError.
    """
    _check_emoji(emoji)
    message = _visible_message(user, message_id)
    with transaction.atomic():
        reaction, made = Reaction.objects.get_or_create(message=message, user=user, emoji=emoji)
        if not made:
            reaction.delete()
        return _announce(message.room, message)


def _announce(room: Room, message: Message) -> int:
    seq = record_event(room_id=room.pk, kind=EventType.MESSAGE_EDITED, message=message)
    tell_room(room.pk, MessageEdited(room=room.slug, seq=seq, message=fetch_wire(room, message.pk)))
    return seq


def _visible_message(user: User, message_id: int) -> Message:
    message = Message.objects.select_related("room").filter(pk=message_id, removed_at=None).first()
    if message is None:
        raise MessageNotFoundError
    try:
        access = access_to(user=user, slug=message.room.slug)
    except RoomNotFoundError as error:
        raise MessageNotFoundError from error
    require_write(access.role or Role.READER)
    return message


def _check_emoji(emoji: str) -> None:
    """Raise EmojiInvalidError unless it is exactly one emoji of Unicode's list."""
    if not is_emoji(emoji):
        raise EmojiInvalidError
