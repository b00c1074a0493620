"""Gives conversations the title that their model suggests, while nobody waits for that model."""

import structlog
import uvloop
from django.core.cache import cache
from django.db import connection, transaction

from ai.api import suggest_title
from chat.models import Reply, Room
from chat.selectors.reply_context import reply_request
from chat.selectors.untitled import first_answers
from chat.services.conversations import tell_title
from chat.services.reply_queue import free_places
from echomind.common.errors import EchoMindError
from echomind.common.queues import Queue

logger = structlog.get_logger(__name__)

LOOKED_AT = 50  # conversations of one sweep; of some the title failed a while ago
AT_ONCE = 5  # titles of one sweep
CLAIMED_S = 300  # so long nobody else tries the same one, also after a failure


def title_conversations() -> None:
    """Title what was answered lately and has no title; what is left over waits for the next sweep."""
    asked = 0
    for reply in first_answers(LOOKED_AT):
        if asked == AT_ONCE or free_places(Queue(reply.queue)) <= 0:
            return
        if cache.add(f"title:{reply.room_id}", 1, CLAIMED_S):
            asked += 1
            _title(reply)


def _title(reply: Reply) -> None:
    answer = reply.answer.text if reply.answer else ""
    try:
        request = reply_request(reply)
        connection.close()  # back to the pool for as long as the model writes
        title = uvloop.run(suggest_title(request, answer))
    except EchoMindError as error:
        logger.warning("title_not_suggested", room=reply.room.slug, code=error.code)
        return
    with transaction.atomic():
        if title and Room.objects.filter(pk=reply.room_id, title="").update(title=title):
            tell_title(reply.room, title)
