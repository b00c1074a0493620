"""What people do to an assistant's memory: remember a message, correct, forget, clear.

Whoever may write in the room may do so. Each raises RoomNotFoundError to a stranger, JoinFirstError
to a visitor, ReadOnlyError to a reader, and UserNotFoundError where the assistant is not there.
"""

from collections.abc import Collection

from django.db import transaction

from accounts.api import User
from ai.api import clear_memory, correct_fact, forget_fact, remember_fact, rewrite_summary
from ai.types import FACT_LENGTH
from chat.errors import JoinFirstError, MessageNotFoundError, RoomNotFoundError
from chat.models import Message, Room
from chat.permissions import require_write
from chat.selectors.access import access_to
from chat.selectors.memory import assistant_in, assistants_in
from chat.selectors.recent_turns import Listener
from echomind.common.text import one_line


def message_to_remember(*, user: User, message_id: int) -> Message:
    """A message from which the user may make a fact. Raises MessageNotFoundError also to a stranger."""
    rows = Message.objects.select_related("room", "author")
    message = rows.filter(pk=message_id, removed_at=None).first()
    if message is None:
        raise MessageNotFoundError
    try:
        _room_to_change(user, message.room.slug)
    except RoomNotFoundError as error:
        raise MessageNotFoundError from error
    return message


def suggested_fact(message: Message) -> str:
    """What a fact made from this message says at first."""
    return one_line(message.text)[:FACT_LENGTH]


@transaction.atomic
def remember_message(
    *, user: User, message_id: int, text: str | None = None, assistants: Collection[str] = ()
) -> Room:
    """Make a fact from a message, for these assistants of its room or for all of them.

    Raises MessageNotFoundError, FactInvalidError and FactsFullError as well.
    """
    message = message_to_remember(user=user, message_id=message_id)
    room = message.room
    chosen = [assistant_in(room, name) for name in assistants] or assistants_in(room)
    for assistant in chosen:
        remember_fact(
            conversation=Listener(room.pk, assistant.pk).conversation,
            text=suggested_fact(message) if text is None else text,
            message=message.seq,
            by=user.pk,
        )
    return room


def change_fact(*, user: User, room: str, assistant: str, fact: int, text: str) -> None:
    """Correct a fact. Raises FactNotFoundError and FactInvalidError as well."""
    conversation = _conversation(user, room, assistant)
    correct_fact(conversation=conversation, fact=fact, text=text, by=user.pk)


def delete_fact(*, user: User, room: str, assistant: str, fact: int) -> None:
    """Let the assistant forget a fact for good. Raises FactNotFoundError as well."""
    forget_fact(conversation=_conversation(user, room, assistant), fact=fact)


def change_summary(*, user: User, room: str, assistant: str, text: str) -> None:
    """Correct the summary, or delete it with an empty text. Raises SummaryInvalidError as well."""
    rewrite_summary(conversation=_conversation(user, room, assistant), text=text)


def clear(*, user: User, room: str, assistant: str) -> None:
    """Let the assistant forget everything up to now; the messages stay where they are."""
    found = _room_to_change(user, room)
    listener = Listener(found.pk, assistant_in(found, assistant).pk)
    clear_memory(conversation=listener.conversation, until=found.seq)


def _conversation(user: User, slug: str, assistant: str) -> str:
    room = _room_to_change(user, slug)
    return Listener(room.pk, assistant_in(room, assistant).pk).conversation


def _room_to_change(user: User, slug: str) -> Room:
    access = access_to(user=user, slug=slug)
    if access.role is None:
        raise JoinFirstError
    require_write(access.role)
    return access.room
