"""The Celery application: queues come from settings, tasks from each app's `tasks` module."""

import os
from typing import Any

from celery import Celery
from celery.apps.worker import Worker
from celery.signals import celeryd_after_setup

from echomind.common.queues import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echomind.settings.prod")

app = Celery("echomind")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@celeryd_after_setup.connect
def _warm_up(instance: Worker, **_: Any) -> None:
    """Load what the first reply would otherwise wait seconds for, in a worker that writes replies."""
    # The apps are not loaded yet when this module is.
    from ai.api import warm_up
    from rag.api import warm_up as warm_up_search

    if not {Queue.REPLIES, Queue.GPU}.isdisjoint(instance.app.amqp.queues.consume_from):
        warm_up_search()
        warm_up()
