"""Replies over HTTP: how far one is, stop it, try it again."""

import redis
import redis.asyncio
import structlog
from asgiref.sync import async_to_sync
from msgspec import structs
from rest_framework.request import Request
from rest_framework.response import Response

from chat import errors
from chat.models import Reply
from chat.realtime.redis_clients import loop_client
from chat.realtime.reply_stream import read_text
from chat.rest.view import ChatView, caller, operation
from chat.selectors.citations import sources_of
from chat.selectors.message_wires import reply_wire
from chat.selectors.versions import places, replies_to
from chat.services.replies import cancel_reply, retry_reply, visible_reply
from chat.types import ReplyState
from chat.wire import ReplyWire

logger = structlog.get_logger(__name__)


class ReplyBody(ReplyWire, frozen=True, kw_only=True):
    """A reply with its text so far. `question` and `message` are ids; `message` is the answer's."""

    text: str
    question: int
    message: int | None


class ReplyDetail(ChatView):
    """One reply."""

    @operation(
        summary="Read a reply", answers={200: ReplyBody}, errors=(errors.ReplyNotFoundError,)
    )
    def get(self, request: Request, id: str) -> Response:  # noqa: A002  (the contract's name)
        """Its state and its text: the final one, or what is written so far."""
        return Response(reply_body(visible_reply(user=caller(request), reply_id=id)))


class ReplyCancel(ChatView):
    """Stopping a reply."""

    @operation(
        summary="Stop a reply",
        request=None,
        answers={200: ReplyBody},
        errors=(
            errors.ReplyNotFoundError,
            errors.NotAllowedError,
            errors.ReplyNotRunningError,
            errors.StopUnavailableError,
        ),
    )
    def post(self, request: Request, id: str) -> Response:  # noqa: A002  (the contract's name)
        """A waiting reply is `stopped` at once, one being written within a second."""
        reply = cancel_reply(user=caller(request), reply_id=id)
        reply.refresh_from_db()
        return Response(reply_body(reply))


class ReplyRetry(ChatView):
    """Trying a failed reply again."""

    @operation(
        summary="Try a failed reply again",
        request=None,
        answers={200: ReplyBody},
        errors=(
            errors.ReplyNotFoundError,
            errors.NotAllowedError,
            errors.ReplyNotFailedError,
            errors.QueueFullError,
        ),
    )
    def post(self, request: Request, id: str) -> Response:  # noqa: A002  (the contract's name)
        """The reply is queued again."""
        return Response(reply_body(retry_reply(user=caller(request), reply_id=id)))


def reply_body(reply: Reply) -> ReplyBody:
    """The reply with its place among its versions and its text."""
    place = places(replies_to([reply.question_id]))[reply.pk]
    sources = sources_of(reply.room, [reply])
    return ReplyBody(
        **structs.asdict(reply_wire(reply, place, sources.get(reply.pk))),
        text=_text_of(reply),
        question=reply.question_id,
        message=reply.answer_id,
    )


def _text_of(reply: Reply) -> str:
    if reply.answer is not None:
        return reply.answer.text
    if reply.state == ReplyState.WRITING:
        return async_to_sync(_live_text)(str(reply.pk), reply.attempt)
    return ""


async def _live_text(reply: str, attempt: int) -> str:
    """What is written so far; nothing while Redis is away."""
    async with loop_client() as client:
        try:
            return await read_text(client, reply, attempt)
        except redis.RedisError as error:
            logger.warning("live_text_unknown", reply=reply, error=str(error))
            return ""
