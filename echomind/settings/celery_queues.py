"""Celery: acknowledged late, one task ahead, never waiting for a result."""

from echomind.settings.channel_layer import REDIS_URL
from echomind.settings.env import address

CELERY_BROKER_URL = address(
    "CELERY_BROKER_URL", default=REDIS_URL, schemes=("redis", "rediss", "unix", "amqp", "amqps")
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
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
    "look after replies": {"task": "chat.look_after_replies", "schedule": 5.0},
}
