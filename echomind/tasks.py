"""What the site does by the clock for its staff."""

from celery import shared_task

from echomind.common.queues import Queue
from echomind.ops import readings


@shared_task(name="echomind.take_reading", queue=Queue.UPKEEP, expires=readings.EVERY_S)
def take_reading() -> None:
    """Look at the machine and keep what was seen for an hour."""
    readings.take_reading()
