"""How busy the site is: replies that wait and run, tasks in the broker, workers, people online."""

import time
from dataclasses import dataclass

import redis
import structlog
from celery.exceptions import CeleryError
from django.conf import settings
from kombu.exceptions import ChannelError, KombuError

from chat.models import Reply
from chat.realtime import presence
from chat.types import ReplyState
from echomind.celery import app
from echomind.common.queues import Queue
from echomind.ops.probes import PATIENCE_S

logger = structlog.get_logger(__name__)

_AWAY = (KombuError, CeleryError, redis.RedisError, OSError)


@dataclass(frozen=True, slots=True)
class WorkerLoad:
    """One Celery process. `done` counts tasks since its start."""

    name: str
    uptime_s: float
    threads: int
    done: int


@dataclass(frozen=True, slots=True)
class Load:
    """The site's work at one moment; None where a part that knows is away."""

    waiting_replies: int
    running_replies: int
    people_online: int | None
    queues: dict[str, int] | None
    workers: list[WorkerLoad]


def measure() -> Load:
    """Ask the database, Redis, the broker and all workers. Takes a second: workers answer one by one."""
    return Load(
        waiting_replies=Reply.objects.filter(state=ReplyState.QUEUED).count(),
        running_replies=Reply.objects.filter(state=ReplyState.WRITING).count(),
        people_online=_people_online(),
        queues=_queue_lengths(),
        workers=_workers(),
    )


def _people_online() -> int | None:
    """Users with a tab open, in any process."""
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S
        ) as client:
            terms = client.zrangebyscore(presence.KEY, time.time(), "+inf")
    except redis.RedisError as error:
        logger.warning("presence_unknown", error=str(error))
        return None
    return len({term.partition(b":")[0] for term in terms})


def _queue_lengths() -> dict[str, int] | None:
    """Tasks that no worker has taken yet, by queue."""
    try:
        with app.connection_for_read(connect_timeout=PATIENCE_S) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=PATIENCE_S)
            return {queue: _length(broker.default_channel, queue) for queue in Queue}
    except _AWAY as error:
        logger.warning("broker_unreachable", error=str(error))
        return None


def _length(channel: object, queue: str) -> int:
    """A queue that nobody has used yet does not exist and is empty."""
    try:
        return int(channel.queue_declare(queue, passive=True).message_count)  # type: ignore[attr-defined]
    except ChannelError:
        return 0


def _workers() -> list[WorkerLoad]:
    try:
        told = app.control.inspect(timeout=PATIENCE_S).stats() or {}
    except _AWAY as error:
        logger.warning("broker_unreachable", error=str(error))
        return []
    return [
        WorkerLoad(
            name=name,
            uptime_s=stats["uptime"],
            threads=stats["pool"]["max-concurrency"],
            done=sum(stats["total"].values()),
        )
        for name, stats in sorted(told.items())
    ]
