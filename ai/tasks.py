"""Celery's way in: each task is one call of a service."""

from celery import shared_task

from ai.servers import discovery
from echomind.common.queues import Queue


@shared_task(name="ai.look_after_servers", queue=Queue.UPKEEP, expires=50)
def look_after_servers() -> None:
    """Note which model servers answer and what they offer."""
    discovery.look_after_servers()
