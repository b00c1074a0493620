"""Celery: one task ahead, never waiting for a result."""

from echomind.settings.channel_layer import REDIS_URL
from echomind.settings.env import address

CELERY_BROKER_URL = address(
    "CELERY_BROKER_URL", default=REDIS_URL, schemes=("redis", "rediss", "unix", "amqp", "amqps")
)
CELERY_TASK_IGNORE_RESULT = True
# Acknowledged when taken up: what must not be lost is a row, and the reaper rescues it. A message held
# unacknowledged for a whole reply ends the worker if Redis goes away meanwhile (kombu 5.7 fails to
# restore it on a closed connection), and then nobody's next reply begins before the running ones end.
CELERY_TASK_ACKS_LATE = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False  # the QUEUED row is the outbox; upkeep queues it again
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600, "socket_connect_timeout": 2, "socket_timeout": 5}
    if CELERY_BROKER_URL.startswith(("redis", "unix"))
    else {}
)
CELERY_BEAT_SCHEDULE = {
    "look after documents": {"task": "rag.look_after_documents", "schedule": 10.0},
    "look after replies": {"task": "chat.look_after_replies", "schedule": 5.0},
    "look after servers": {"task": "ai.look_after_servers", "schedule": 60.0},
    "look after faces": {"task": "chat.request_missing_faces", "schedule": 60.0},
    "sweep faces": {"task": "imaging.sweep_faces", "schedule": 3600.0},
    "take a reading": {"task": "echomind.take_reading", "schedule": 5.0},
    "title conversations": {"task": "chat.title_conversations", "schedule": 60.0},
}
