"""Who has a tab open: one sorted set in Redis, a term for each user and process. Never stored elsewhere.

A process that dies takes no farewell: its terms end by themselves.
"""

import time
from collections.abc import Iterable
from functools import cache
from typing import cast

import redis
import redis.asyncio
import structlog
from django.conf import settings

logger = structlog.get_logger(__name__)

KEY = "echomind:presence"
TERM_S = 40  # renewed every 15 s


def users_online(user_ids: set[int]) -> set[int]:
    """Those of the users who have a tab open; nobody while Redis is away."""
    try:
        terms = cast("list[bytes]", _client().zrangebyscore(KEY, time.time(), "+inf"))
    except redis.RedisError as error:
        logger.warning("presence_unknown", error=str(error))
        return set()
    return {_user(term) for term in terms} & user_ids


class Presence:
    """One process's share of the set."""

    def __init__(self, client: redis.asyncio.Redis, process: str) -> None:
        self._redis, self._process = client, process

    async def arrive(self, user_id: int) -> bool:
        """Note the user's first tab here; True if no process knew one."""
        known = await self._elsewhere(user_id)
        await self.renew([user_id])
        return not known

    async def depart(self, user_id: int) -> bool:
        """Note that the user's last tab here is closed; True if no other process knows one."""
        await self._redis.zrem(KEY, self._term(user_id))
        return not await self._elsewhere(user_id)

    async def renew(self, user_ids: Iterable[int]) -> None:
        """Prolong the terms of this process."""
        terms = {self._term(user_id): time.time() + TERM_S for user_id in user_ids}
        if terms:
            await self._redis.zadd(KEY, terms)

    async def expire(self) -> set[int]:
        """Remove ended terms; the users whom this call found to be gone."""
        gone = set()
        for term in await self._redis.zrangebyscore(KEY, "-inf", time.time()):
            if await self._redis.zrem(KEY, term) and not await self._elsewhere(_user(term)):
                gone.add(_user(term))
        return gone

    async def _elsewhere(self, user_id: int) -> bool:
        terms = await self._redis.zrangebyscore(KEY, time.time(), "+inf")
        own = self._term(user_id).encode()
        return any(_user(term) == user_id and term != own for term in terms)

    def _term(self, user_id: int) -> str:
        return f"{user_id}:{self._process}"


def _user(term: bytes) -> int:
    return int(term.partition(b":")[0])


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=settings.REDIS_TIMEOUT_S,
        socket_connect_timeout=settings.REDIS_TIMEOUT_S,
    )
