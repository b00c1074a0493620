"""How a worker answers the process that waits for a picture: a list in Redis under a random name.

Celery keeps no results here: a ticket lives for a minute and holds one answer.
"""

import secrets
from functools import cache
from typing import cast

import redis
from django.conf import settings

from imaging.errors import PicturesUnavailableError

PATIENCE_S = 9.0  # below the time that one use of a tool may take
KEPT_S = 60


@cache
def _client() -> redis.Redis:
    patience = settings.REDIS_TIMEOUT_S
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=patience,
        socket_timeout=PATIENCE_S + patience,
    )


def new_ticket() -> str:
    """A name that nobody can guess."""
    return secrets.token_urlsafe(16)


def answer(ticket: str, *parts: bytes) -> None:
    """Give the answer to whoever waits."""
    with _client().pipeline(transaction=True) as pipeline:
        pipeline.rpush(_key(ticket), *parts)
        pipeline.expire(_key(ticket), KEPT_S)
        pipeline.execute()


def wait_for(ticket: str, parts: int = 1) -> list[bytes]:
    """The parts of the answer. Raises PicturesUnavailableError where none comes in time."""
    try:
        first = cast("list[bytes] | None", _client().blpop([_key(ticket)], timeout=PATIENCE_S))
        rest = _client().lrange(_key(ticket), 0, parts) if parts > 1 else []
    except redis.RedisError as error:
        raise PicturesUnavailableError from error
    if first is None:
        raise PicturesUnavailableError
    return [first[1], *cast("list[bytes]", rest)]


def _key(ticket: str) -> str:
    return f"echomind:ticket:{ticket}"
