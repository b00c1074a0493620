"""Which queue of workers a reply waits in."""

from ai.api import queue_for
from chat.models import Reply
from chat.selectors.reply_context import wishes_of
from echomind.common.queues import Queue


def queue_of(reply: Reply) -> Queue:
    """The queue whose workers draw, or own the reply's model server as things stand now."""
    if reply.drawing:
        return Queue.IMAGES
    return queue_for(assistant=reply.assistant_id, wishes=wishes_of(reply))
