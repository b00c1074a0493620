"""What people do to a reply: stop it, try it again."""

import uuid

from django.db import transaction
from django.utils import timezone

from accounts.api import User
from chat.errors import (
    NotAllowedError,
    ReplyNotFailedError,
    ReplyNotFoundError,
    ReplyNotRunningError,
    RoomNotFoundError,
)
from chat.models import Message, Reply
from chat.permissions import may_moderate
from chat.realtime.reply_stream import ask_to_stop
from chat.selectors.access import access_to
from chat.services.end_reply import Outcome, end_reply
from chat.services.reply_queue import queue_reply, require_place
from chat.types import UNFINISHED, ReplyState


def visible_reply(*, user: User, reply_id: str) -> Reply:
    """The reply, if the user may see its room. Raises ReplyNotFoundError."""
    try:
        reply = (
            Reply.objects.select_related("room", "assistant", "asker", "question")
            .filter(pk=uuid.UUID(reply_id))
            .first()
        )
    except ValueError:
        reply = None
    if reply is None:
        raise ReplyNotFoundError
    try:
        access_to(user=user, slug=reply.room.slug)
    except RoomNotFoundError as error:
        raise ReplyNotFoundError from error
    return reply


def cancel_reply(*, user: User, reply_id: str) -> Reply:
    """Stop a reply: at once while it waits, within a second while it is written.

    Raises ReplyNotFoundError, NotAllowedError, ReplyNotRunningError.
    """
    reply = commanded_reply(user=user, reply_id=reply_id)
    if reply.state not in UNFINISHED:
        raise ReplyNotRunningError
    stop_reply(reply)
    return reply


def retry_reply(*, user: User, reply_id: str) -> Reply:
    """Queue a failed reply again, unless its question was deleted since.

    Raises ReplyNotFoundError, NotAllowedError, ReplyNotFailedError, QueueFullError.
    """
    reply = commanded_reply(user=user, reply_id=reply_id)
    with transaction.atomic():
        require_place(reply.asker_id)
        queued = Reply.objects.filter(
            pk=reply.pk, state=ReplyState.FAILED, question__removed_at=None
        ).update(state=ReplyState.QUEUED, code="", queued_at=timezone.now(), finished_at=None)
        if not queued:
            raise ReplyNotFailedError
        queue_reply(reply)
    reply.refresh_from_db()
    return reply


def stop_reply(reply: Reply) -> None:
    """End a waiting reply, or ask the worker that writes it to end it."""
    stopped = Outcome(state=ReplyState.STOPPED)
    if not end_reply(reply, stopped, expected=ReplyState.QUEUED):
        reply.refresh_from_db(fields=["attempt"])
        ask_to_stop(str(reply.pk), reply.attempt)


def stop_replies_to(message: Message) -> None:
    """Nobody waits for the answer to a question that was taken back."""
    for reply in Reply.objects.select_related("room", "assistant", "asker", "question").filter(
        question=message, state__in=UNFINISHED
    ):
        stop_reply(reply)


def forget_prompts_with(message: Message) -> None:
    """What is taken back is not kept in what models have read since it was said."""
    since = Reply.objects.filter(room=message.room_id, started_at__gte=message.created_at)
    since.exclude(prompt=[]).update(prompt=[])


def commanded_reply(*, user: User, reply_id: str) -> Reply:
    """A reply that the user asked for or may moderate. Raises ReplyNotFoundError, NotAllowedError."""
    reply = visible_reply(user=user, reply_id=reply_id)
    if reply.asker_id != user.pk:
        access = access_to(user=user, slug=reply.room.slug)
        if access.role is None or not may_moderate(access.role):
            raise NotAllowedError
    return reply
