"""The Celery application: queues come from settings, tasks from each app's `tasks` module."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echomind.settings.prod")

app = Celery("echomind")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def _warm_up(**_: Any) -> None:
    """Load what the first reply would otherwise wait seconds for."""
    # The apps are not loaded yet when this module is.
    from ai.api import warm_up
    from rag.api import warm_up as warm_up_search

    warm_up_search()
    warm_up()
