"""Lets models sum up what leaves their window, after the reply, so that nobody waits for it."""

import structlog
import uvloop
from django.core.cache import cache
from django.db import connection

from ai.api import keep_step, next_step, read_ahead, revision_of
from ai.types import ReplyRequest
from chat.models import Reply, Room
from chat.selectors.next_question import unasked
from chat.selectors.reply_context import reply_request
from chat.services.room_tools import with_room_tools
from chat.types import SUM_UP
from echomind.common.enqueue import enqueue
from echomind.common.errors import EchoMindError
from echomind.common.queues import Queue

logger = structlog.get_logger(__name__)

MOST_STEPS = 4  # at a time; more is left to the next reply
CLAIM = "summing_up"  # one at a time on the site: the sweeps need the other threads
CLAIMED_S = 600


def sum_up_later(reply: Reply) -> None:
    """Have the conversation of this reply summed up, unless somebody else's is just being."""
    enqueue(SUM_UP, Queue.UPKEEP, reply=str(reply.pk))


def sum_up(reply_id: str) -> None:
    """Sum up the turns of a reply's conversation that leave its window, and read the new prompt."""
    reply = (
        Reply.objects.select_related("assistant", "asker")
        .defer("prompt")
        .filter(pk=reply_id)
        .first()
    )
    if reply is None or not cache.add(CLAIM, 1, CLAIMED_S):
        return
    try:
        if _steps(reply):
            uvloop.run(read_ahead(_request(reply)))
    except EchoMindError as error:
        logger.warning("not_summed_up", reply=reply_id, code=error.code)
    finally:
        cache.delete(CLAIM)


def _steps(reply: Reply) -> int:
    """Take as many steps as are needed, up to a limit; returns how many were kept."""
    for taken in range(MOST_STEPS):
        if not _step(reply):
            return taken
    return MOST_STEPS


def _step(reply: Reply) -> bool:
    revision = revision_of(f"{reply.room_id}:{reply.assistant_id}")
    request = _request(reply)
    step = uvloop.run(next_step(request))
    return step is not None and keep_step(request.conversation, step, revision=revision)


def _request(reply: Reply) -> ReplyRequest:
    """What the assistant would be told now. Gives the database connection back."""
    room = Room.objects.get(pk=reply.room_id)
    coming = unasked(room=room, assistant=reply.assistant, asker=reply.asker)
    request = with_room_tools(coming, reply_request(coming))
    connection.close()  # to the pool for as long as the model writes
    return request
