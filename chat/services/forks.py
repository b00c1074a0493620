"""Forks: a conversation of one's own that begins with what was said in a room up to a message."""

import uuid
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.api import User
from accounts.types import UserKind
from chat.errors import MessageNotFoundError, NoAssistantError, RoomNotFoundError
from chat.models import Membership, Message, Reply, Room, RoomEvent
from chat.selectors.access import access_to
from chat.selectors.assistants import assistants_for, speaking_in
from chat.selectors.history import history_up_to
from chat.selectors.parameters import wishes_in
from chat.services.conversations import begin_conversation
from chat.services.message_rate import message_rate
from chat.types import AddresseeKind, EventType

Copies = dict[int, Message]  # by the id of the message that was copied


def fork_conversation(*, user: User, message_id: int) -> Room:
    """A new conversation with the assistant that spoke or was spoken to last before this message.

    The history is copied with its speakers; the room it comes from stays as it is. Raises
    MessageNotFoundError, NoAssistantError, TooManyMessagesError, TooManyConversationsError.
    """
    message_rate.count(user.pk)
    last = _visible_message(user, message_id)
    history = history_up_to(last)
    partner = _partner(user, last.room, history)
    with transaction.atomic():
        room = begin_conversation(user=user, assistant=partner.username)
        copies = _copy_messages(room, history)
        _copy_replies(room, copies, asker=user)
        _settle(room, last, user)
    return room


def _visible_message(user: User, message_id: int) -> Message:
    """A message that is there, in a room that the user may see. Raises MessageNotFoundError."""
    found = Message.objects.select_related("room", "author", "to_user")
    message = found.filter(pk=message_id, removed_at=None).first()
    if message is None:
        raise MessageNotFoundError
    try:
        access_to(user=user, slug=message.room.slug)
    except RoomNotFoundError as error:
        raise MessageNotFoundError from error
    return message


def _partner(user: User, room: Room, history: Sequence[Message]) -> User:
    """Whom the user goes on with, and may. Raises NoAssistantError."""
    welcome = {assistant.pk: assistant for assistant in assistants_for(user)}
    in_room = (membership.user_id for membership in speaking_in(room))
    for user_id in (*_talked_with(history), *in_room):
        if user_id in welcome:
            return welcome[user_id]
    raise NoAssistantError


def _talked_with(history: Sequence[Message]) -> Iterable[int]:
    """The assistants of the history, the newest first."""
    for message in reversed(history):
        if message.author.kind == UserKind.ASSISTANT:
            yield message.author_id
        elif message.to_kind == AddresseeKind.ASSISTANT and message.to_user_id:
            yield message.to_user_id


def _copy_messages(room: Room, history: Sequence[Message]) -> Copies:
    """Insert the copies with events of their own, numbered anew without a gap."""
    copies = {
        message.pk: Message(
            room=room,
            seq=seq,
            author=message.author,
            client_id=str(uuid.uuid4()),
            text=message.text,
            html=message.html,
            to_kind=message.to_kind,
            to_user=message.to_user,
            created_at=message.created_at,
            edited_at=message.edited_at,
            picture_id=message.picture_id,
        )
        for seq, message in enumerate(history, room.seq + 1)
    }
    Message.objects.bulk_create(copies.values())
    for message in history:
        copies[message.pk].reply_to = copies.get(message.reply_to_id or 0)
    Message.objects.bulk_update(copies.values(), ["reply_to"])
    RoomEvent.objects.bulk_create(
        RoomEvent(room=room, seq=copy.seq, type=EventType.MESSAGE_CREATED, message=copy)
        for copy in copies.values()
    )
    room.seq += len(copies)
    return copies


def _copy_replies(room: Room, copies: Copies, *, asker: User) -> None:
    """Answers keep their passports, and can be had in other versions here too."""
    replies = Reply.objects.filter(answer__in=copies, question__in=copies).defer("prompt")
    Reply.objects.bulk_create(
        Reply(
            room=room,
            question=copies[reply.question_id],
            answer=copies[reply.answer_id or 0],
            assistant_id=reply.assistant_id,
            asker=asker,
            state=reply.state,
            attempt=reply.attempt,
            wishes=reply.wishes,
            passport=reply.passport,
            passages=reply.passages,
            queued_at=reply.queued_at,
            started_at=reply.started_at,
            finished_at=reply.finished_at,
        )
        for reply in replies
    )


def _settle(room: Room, last: Message, user: User) -> None:
    """The fork goes on as the room would have: in its language, by its model, as the user asks there."""
    room.forked_from, room.language, room.model = last, last.room.language, last.room.model
    room.save(update_fields=["seq", "forked_from", "language", "model"])
    wishes = wishes_in(user=user.pk, room=last.room_id)
    own = Membership.objects.filter(room=room, user=user)
    own.update(wishes=wishes, last_read_seq=room.seq)
