"""The waiting replies: opens them, keeps them in a fair order, hands out the next one.

Each task in the broker is one permission to write the next fair reply of its queue, whichever that is by
then, so a repeated or late task does no harm and no person's ten questions go before another's first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.api import User
from chat.errors import QueueFullError
from chat.models import Message, Reply
from chat.realtime.publish import tell_room
from chat.selectors.parameters import wishes_for
from chat.selectors.reply_order import fair_order, placed
from chat.selectors.reply_placement import queue_of
from chat.selectors.unfinished import queued_event
from chat.types import UNFINISHED, WRITE_NEXT_REPLY, ReplyState
from echomind.common.enqueue import enqueue
from echomind.common.queues import Queue

MAX_WAITING = 10  # unfinished replies of one person
CLAIM_LOCK = 0x6563686F  # any number that nothing else in this database locks
ANNOUNCED = 50  # places told to readers; further back the number means little


def open_reply(
    *,
    question: Message,
    assistant: User,
    trace_id: str,
    then: Sequence[User] = (),
    preset: str = "",
    version: int = 1,
    drawing: Mapping[str, Any] | None = None,
) -> Reply:
    """Make the row of the reply that a message asks for; `then` answer after it, one by one.

    It is asked with what its asker has set in this room, or with `preset`; `drawing` is to be drawn
    instead. Raises QueueFullError.
    """
    require_place(question.author_id)
    return Reply.objects.create(
        room=question.room,
        question=question,
        assistant=assistant,
        asker=question.author,
        then=[user.pk for user in then],
        wishes=wishes_for(asker=question.author_id, room=question.room_id, preset=preset),
        version=version,
        drawing=drawing,
        trace_id=trace_id,
        queued_at=timezone.now(),
    )


def require_place(asker_id: int) -> None:
    """Raise QueueFullError if a person has enough unfinished replies. Call inside a transaction:
    until its end nobody else takes a place of this person, so that the count stays true.
    """
    User.objects.select_for_update(no_key=True).only("pk").get(pk=asker_id)
    if Reply.objects.filter(asker=asker_id, state__in=UNFINISHED).count() >= MAX_WAITING:
        raise QueueFullError(limit=MAX_WAITING)


def queue_reply(reply: Reply) -> None:
    """Tell the room the reply's place and give a worker the permission to write, after the commit."""
    transaction.on_commit(lambda: tell_places(only=[reply]))
    place(reply)
    give_permission(Queue(reply.queue))


def give_permission(queue: Queue) -> None:
    """Let a worker of this queue write the next reply."""
    enqueue(WRITE_NEXT_REPLY, queue, queue=queue)


@transaction.atomic
def claim_next_reply(queue: Queue = Queue.REPLIES) -> Reply | None:
    """Take the next reply of a queue in the fair order: WRITING, with a new attempt number.

    None when nobody waits, or when as many of the queue are being written as may be at once: whoever
    ends one of those hands the permission on.
    """
    _claim_one_at_a_time()
    if free_places(queue) <= 0:
        return None
    waiting = [reply.pk for reply in fair_order().filter(queue=queue)[:ANNOUNCED]]
    for reply_id in waiting:
        claimed = Reply.objects.filter(pk=reply_id, state=ReplyState.QUEUED).update(
            state=ReplyState.WRITING, attempt=F("attempt") + 1, started_at=timezone.now()
        )
        if claimed:  # and not stopped a moment ago
            if len(waiting) > 1:
                tell_places()
            return Reply.objects.select_related(
                "room", "assistant", "asker", "question", "picture"
            ).get(pk=reply_id)
    return None


def hand_on_permission(queue: Queue) -> None:
    """Let a worker write the next reply of the queue, if one waits."""
    if Reply.objects.filter(state=ReplyState.QUEUED, queue=queue).exists():
        give_permission(queue)


def free_places(queue: Queue) -> int:
    """How many more replies of the queue may be written at once."""
    most = {
        Queue.REPLIES: settings.REPLY_CONCURRENCY,
        Queue.GPU: settings.GPU_REPLY_CONCURRENCY,
        Queue.IMAGES: settings.PICTURE_CONCURRENCY,
    }
    writing = Reply.objects.filter(state=ReplyState.WRITING, queue=queue)
    return int(most[queue]) - writing.count()


def place(reply: Reply) -> None:
    """Put the reply into the line of the workers that own its model server."""
    queue = queue_of(reply)
    if queue != reply.queue:
        reply.queue = queue
        reply.save(update_fields=["queue"])


def _claim_one_at_a_time() -> None:
    """Hold off other claims until the transaction ends, so that the count before a claim is true."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CLAIM_LOCK])


def tell_places(only: Iterable[Reply] | None = None) -> None:
    """Announce the places of the waiting replies, or of some of them."""
    wanted = None if only is None else {reply.pk for reply in only}
    waiting = fair_order().select_related("room", "assistant")[:ANNOUNCED]
    for place, reply in placed(waiting):
        if wanted is None or reply.pk in wanted:
            tell_room(reply.room_id, queued_event(reply, place))
