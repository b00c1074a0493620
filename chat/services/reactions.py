"""Puts an emoji on a message and takes it off again."""

from django.db import transaction
from emoji import is_emoji

from accounts.api import User
from chat.errors import EmojiInvalidError
from chat.models import Reaction
from chat.services.message_changes import message_to_change, record_change
from chat.types import EventType


def toggle_reaction(*, user: User, message_id: int, emoji: str) -> int:
    """Add one's reaction or remove it; returns the event's number.

    Raises MessageNotFoundError, ReadOnlyError, EmojiInvalidError.
    """
    _check_emoji(emoji)
    with transaction.atomic():
        message, access = message_to_change(user, message_id)
        reaction, made = Reaction.objects.get_or_create(message=message, user=user, emoji=emoji)
        if not made:
            reaction.delete()
        return record_change(access.room, message, EventType.MESSAGE_EDITED)


def _check_emoji(emoji: str) -> None:
    """Raise EmojiInvalidError unless it is exactly one emoji of Unicode's list."""
    if not is_emoji(emoji):
        raise EmojiInvalidError
