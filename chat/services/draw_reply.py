"""Draws the picture that a reply consists of, in the worker of queue `images`."""

import uvloop
from django.db import connection

from ai.types import ToolName
from chat.models import Reply
from chat.realtime.reply_stream import ReplyWriter, Signal
from chat.realtime.threads import in_thread
from chat.selectors.pictures import alt_of
from chat.services.end_reply import Outcome
from chat.types import ReplyState
from chat.wire import ToolUseWire
from echomind.common.errors import EchoMindError
from imaging.api import draw_picture
from imaging.types import Drawing


def drawn_outcome(reply: Reply) -> tuple[Outcome, Signal]:
    """How the drawing ended, and the last word of the reply's fence.

    The picture is kept on the reply's row, so that another attempt need not draw it again.
    """
    connection.close()  # back to the pool while the event loop runs
    return uvloop.run(_follow(reply))


async def _follow(reply: Reply) -> tuple[Outcome, Signal]:
    writer = ReplyWriter(
        room_id=reply.room_id, room=reply.room.slug, reply=str(reply.pk), attempt=reply.attempt
    )
    try:
        signal = await writer.start()
        if signal in ("go", "lost"):
            signal = await writer.tell_stage("retrieving", [_use(reply)])
        if signal in ("stop", "fenced"):
            return Outcome(ReplyState.STOPPED), signal
        outcome = await in_thread(_drawn, reply)
        if outcome.text:
            signal = await writer.write(outcome.text)
            await writer.settle()
        return outcome, signal
    finally:
        await writer.close()


def _use(reply: Reply) -> ToolUseWire:
    """What readers are told while the picture is made: as of a tool that runs."""
    return ToolUseWire(
        name=ToolName.DRAW_PICTURE,
        arguments=reply.drawing or {},
        result="",
        count=None,
        ms=None,
        error="",
    )


def _drawn(reply: Reply) -> Outcome:
    asked = reply.drawing or {}
    drawing = Drawing(asked["kind"], asked["seed"])
    try:
        if reply.picture is None:
            reply.picture = draw_picture(drawing, maker=reply.asker)
            reply.save(update_fields=["picture"])
    except EchoMindError as error:
        return Outcome(ReplyState.FAILED, code=error.code)
    passport = {"drawing": {**asked, "ms": reply.picture.ms}}
    alt = alt_of(drawing.kind, drawing.seed, reply.room.language)
    return Outcome(ReplyState.DONE, text=alt, passport=passport)
