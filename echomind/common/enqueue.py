"""Queues a task once the running transaction is committed."""

from collections.abc import Mapping

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from echomind.common.queues import Queue

logger = structlog.get_logger(__name__)


def enqueue(task: str, queue: Queue, /, **arguments: str) -> None:
    """Hand the named task to the broker after the commit.

    A broker that is down loses the bell, not the work: the row that waits is the outbox, and an upkeep
    task queues it again.
    """
    transaction.on_commit(lambda: _hand_over(task, queue, arguments))


def _hand_over(task: str, queue: Queue, arguments: Mapping[str, str]) -> None:
    try:
        current_app.send_task(task, kwargs=dict(arguments), queue=queue)
    except OperationalError as error:
        logger.warning("broker_unreachable", task=task, error=str(error))
