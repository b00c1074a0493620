"""Queues a task once the running transaction is committed."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from echomind.common.queues import Queue

logger = structlog.get_logger(__name__)


def enqueue(task: str, queue: Queue) -> None:
    """Hand the named task to the broker after the commit.

    A broker that is down loses the bell, not the work: the row that waits is the outbox, and an upkeep
    task queues it again.
    """
    transaction.on_commit(lambda: _hand_over(task, queue))


def _hand_over(task: str, queue: Queue) -> None:
    try:
        current_app.send_task(task, queue=queue)
    except OperationalError as error:
        logger.warning("broker_unreachable", task=task, error=str(error))
