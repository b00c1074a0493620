"""The sweeps that keep promises when a worker, the broker or Redis went away."""

import time
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from chat.errors import WorkerLostError
from chat.models import Reply
from chat.realtime.reply_stream import living, was_asked_to_stop
from chat.services.end_reply import Outcome, end_reply
from chat.services.reply_queue import free_places, give_permission, place, queue_reply
from chat.types import REPLY_QUEUES, ReplyState
from echomind.common.queues import Queue

logger = structlog.get_logger(__name__)

MAX_ATTEMPTS = 3
YOUNG = timedelta(seconds=5)  # a reply just claimed may not have given a sign of life yet
SECOND_LOOK_S = 2.0  # a writer gives a sign twice a second, also after Redis lost its keys


def rescue_abandoned() -> None:
    """Give replies whose worker died another attempt, or fail them after the third."""
    suspects = _without_writer()
    if suspects:
        time.sleep(SECOND_LOOK_S)
        for reply in [reply for reply in _without_writer() if reply in suspects]:
            _rescue(reply)


def requeue_forgotten() -> None:
    """Ring the broker again for replies that wait while nobody writes as many as could be written."""
    waiting = Reply.objects.filter(state=ReplyState.QUEUED, queued_at__lt=timezone.now() - YOUNG)
    for reply in waiting.filter(queue=Queue.GPU).select_related("room"):
        place(reply)  # elsewhere, if its worker went away
    for queue in REPLY_QUEUES:
        for _ in range(min(waiting.filter(queue=queue).count(), max(0, free_places(queue)))):
            give_permission(queue)


def _without_writer() -> list[Reply]:
    running = list(
        Reply.objects.filter(
            state=ReplyState.WRITING, started_at__lt=timezone.now() - YOUNG
        ).select_related("room", "assistant", "asker")
    )
    alive = living([(str(reply.pk), reply.attempt) for reply in running])
    return [reply for reply in running if str(reply.pk) not in alive]


def _rescue(reply: Reply) -> None:
    logger.warning("reply_abandoned", reply=str(reply.pk), attempt=reply.attempt)
    if was_asked_to_stop(str(reply.pk), reply.attempt):  # and nobody was left to hear it
        end_reply(reply, Outcome(ReplyState.STOPPED), expected=ReplyState.WRITING)
        return
    if reply.attempt >= MAX_ATTEMPTS:
        lost = Outcome(ReplyState.FAILED, code=WorkerLostError.code)
        end_reply(reply, lost, expected=ReplyState.WRITING)
        return
    with transaction.atomic():
        taken = Reply.objects.filter(
            pk=reply.pk, state=ReplyState.WRITING, attempt=reply.attempt
        ).update(state=ReplyState.QUEUED)
        if taken:
            queue_reply(reply)
