"""Writes one reply in a worker: claim, follow the model's stream, end. Holds no database connection
while the model writes; stops within half a second of being asked.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import aclosing
from datetime import timedelta
from typing import Any

import structlog
import uvloop
from django.db import connection

from ai.api import may_be_crowded, stream_reply
from ai.types import (
    Asked,
    Citation,
    Cited,
    Finished,
    PromptMessage,
    Reading,
    ReplyEvent,
    ReplyRequest,
    TextPiece,
    ToolsUsed,
)
from chat.models import Reply
from chat.realtime.reply_stream import ReplyWriter, Signal
from chat.realtime.threads import in_thread
from chat.selectors.citations import cited_now
from chat.selectors.passages import read_in, to_keep
from chat.selectors.reply_context import reply_request
from chat.services.draw_reply import drawn_outcome
from chat.services.end_reply import Outcome, end_reply
from chat.services.reply_queue import claim_next_reply, hand_on_permission
from chat.services.room_tools import with_room_tools
from chat.services.summaries import sum_up_later
from chat.types import ReplyState
from chat.wire import ToolUseWire
from echomind.common.errors import EchoMindError
from echomind.common.queues import Queue
from rag.types import Passage

logger = structlog.get_logger(__name__)

BEAT_S = 0.5


class FencedError(Exception):
    """A newer attempt writes this reply: this one must leave no trace."""


def write_next(queue: Queue) -> None:
    """Write the reply of the queue whose turn it is, if its model has room for one."""
    reply = claim_next_reply(queue)
    if reply is None:
        return
    try:
        _write(reply)
    finally:
        hand_on_permission(queue)


def _write(reply: Reply) -> None:
    with structlog.contextvars.bound_contextvars(
        trace_id=reply.trace_id, reply=str(reply.pk), attempt=reply.attempt
    ):
        try:
            outcome, is_crowded = _outcome_of(reply)
        except FencedError:
            logger.info("reply_fenced")
            return
        written = end_reply(reply, outcome, expected=ReplyState.WRITING)
        logger.info("reply_ended", state=outcome.state, code=outcome.code, written=written)
        if is_crowded and outcome.state == ReplyState.DONE:
            sum_up_later(reply)


def _outcome_of(reply: Reply) -> tuple[Outcome, bool]:
    """Write or draw it, unless what was wished for is not to be had any more; and whether its window
    seems to be full. Raises FencedError.
    """
    if reply.drawing:
        outcome, signal = drawn_outcome(reply)
        if signal == "fenced":
            raise FencedError
        return outcome, False
    try:
        request = with_room_tools(reply, reply_request(reply))
    except EchoMindError as error:
        logger.warning("reply_failed", code=error.code)
        return Outcome(ReplyState.FAILED, code=error.code), False
    connection.close()  # back to the pool for as long as the model writes
    return uvloop.run(_follow(reply, request)), may_be_crowded(request)


async def _follow(reply: Reply, request: ReplyRequest) -> Outcome:
    """Pass the model's stream on until it ends, fails or is stopped. Raises FencedError."""
    writer = ReplyWriter(
        room_id=reply.room_id, room=reply.room.slug, reply=str(reply.pk), attempt=reply.attempt
    )
    course = _Course(request, queued_for=_waited(reply))
    try:
        _obey(await writer.start())
        if request.written:
            _obey(await writer.write(request.written))
        await _write_all(reply, request, writer, course)
    except _StoppedError:
        return course.outcome(ReplyState.STOPPED, text=writer.text)
    except EchoMindError as error:
        logger.warning("reply_failed", code=error.code)
        return course.outcome(ReplyState.FAILED, code=error.code)
    finally:
        await writer.close()
    return course.outcome(ReplyState.DONE, text=writer.text)


async def _write_all(
    reply: Reply, request: ReplyRequest, writer: ReplyWriter, course: "_Course"
) -> None:
    async with aclosing(stream_reply(request)) as events:
        while True:
            event = await _next(events.__anext__(), writer)
            course.note(event)
            match event:
                case Reading():
                    _obey(await writer.tell_stage("retrieving"))
                case ToolsUsed(uses=uses):
                    wires = [ToolUseWire(**use.told()) for use in uses]
                    _obey(await writer.tell_stage("retrieving", wires))
                case Cited(citations=citations):
                    shown = await in_thread(cited_now, reply.room, citations)
                    _obey(await writer.tell_stage("writing", citations=shown))
                case TextPiece(text=text):
                    if writer.text == request.written:
                        await writer.tell_stage("writing")
                    _obey(await writer.write(text))
                case Finished():
                    await writer.settle()
                    return


class _Course:
    """How the answer comes about, as far as it has come: kept however it ends."""

    def __init__(self, request: ReplyRequest, *, queued_for: timedelta) -> None:
        self._prompt: Sequence[PromptMessage] = ()
        self._passport: dict[str, Any] = {}
        self._read: Sequence[Passage] = request.passages
        self._cited: Sequence[Citation] = request.cited
        self._queue_ms = round(queued_for.total_seconds() * 1000)

    def note(self, event: ReplyEvent) -> None:
        """Take what an event tells of it."""
        if isinstance(event, Asked):
            self._prompt, self._passport = event.prompt, dict(event.passport)
        elif isinstance(event, ToolsUsed):
            self._read = read_in(event.uses)
        elif isinstance(event, Cited):
            self._cited = event.citations
        elif isinstance(event, Finished):
            self._passport |= event.passport

    def outcome(self, state: ReplyState, *, text: str = "", code: str = "") -> Outcome:
        """The end, with all that is known."""
        passport = self._passport | {"queue_ms": self._queue_ms}
        return Outcome(
            state,
            text=text,
            code=code,
            passport=passport,
            passages=to_keep(self._read, self._cited),
            prompt=self._prompt,
        )


def _waited(reply: Reply) -> timedelta:
    """From the queue to the start of this attempt."""
    return (reply.started_at or reply.queued_at) - reply.queued_at


async def _next(coming: Coroutine[Any, Any, ReplyEvent], writer: ReplyWriter) -> ReplyEvent:
    """The next event, with a sign of life for every half second that it takes."""
    task = asyncio.ensure_future(coming)
    try:
        while not task.done():
            await asyncio.wait([task], timeout=BEAT_S)
            if not task.done():
                _obey(await writer.beat())
        return task.result()
    finally:
        if not task.done():
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


class _StoppedError(Exception):
    """Somebody asked for the end of this reply."""


def _obey(signal: Signal) -> None:
    if signal == "stop":
        raise _StoppedError
    if signal == "fenced":
        raise FencedError
