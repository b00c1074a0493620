"""The clients of Redis, all with bounded waits: a Redis that hangs must not hang a page."""

from functools import cache
from typing import Any

import redis
import redis.asyncio
from django.conf import settings


@cache
def shared_client() -> redis.Redis:
    """The process's client for threads."""
    return redis.Redis.from_url(settings.REDIS_URL, **_waits())


def loop_client() -> redis.asyncio.Redis:
    """A new client for one event loop; whoever asks closes it."""
    return redis.asyncio.Redis.from_url(settings.REDIS_URL, **_waits())


def _waits() -> dict[str, Any]:
    patience = settings.REDIS_TIMEOUT_S
    return {"socket_timeout": patience, "socket_connect_timeout": patience}
