"""The Celery application: queues come from settings, tasks from each app's `tasks` module."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "echomind.settings.prod")

app = Celery("echomind")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
