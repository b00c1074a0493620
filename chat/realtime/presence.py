"""Who has a tab open: one sorted set in Redis, a term for each user and process. Never stored elsewhere.

A process that dies takes no farewell: its terms end by themselves.
"""

import time
from collections.abc import Iterable
from typing import cast

import redis
import redis.asyncio
import structlog

from chat.realtime.redis_clients import shared_client

logger = structlog.get_logger(__name__)

KEY = "echomind:presence"
TERM_S = 40  # renewed every 15 s


def users_online(user_ids: set[int]) -> set[int]:
    """Those of the users who have a tab open; nobody while Redis is away."""
    try:
        terms = cast("list[bytes]", shared_client().zrangebyscore(KEY, time.time(), "+inf"))
    except redis.RedisError as error:
        logger.warning("presence_unknown", error=str(error))
        return set()
    return {_user(term) for term in terms} & user_ids


class Presence:
    """One process's share of the set."""

    def __init__(self, client: redis.asyncio.Redis, process: str) -> None:
        self._redis, self._process = client, process

    async def arrive(self, user_ids: set[int]) -> set[int]:
        """Note users who have their first tab here; those of them whom no process knew."""
        known = await self._elsewhere(user_ids)
        await self.renew(user_ids)
        return user_ids - known

    async def depart(self, user_ids: set[int]) -> set[int]:
        """Note users whose last tab here is closed; those of them whom no other process knows."""
        await self._redis.zrem(KEY, *map(self._term, user_ids))
        return user_ids - await self._elsewhere(user_ids)

    async def renew(self, user_ids: Iterable[int]) -> None:
        """Prolong the terms of this process."""
        terms = {self._term(user_id): time.time() + TERM_S for user_id in user_ids}
        if terms:
            await self._redis.zadd(KEY, terms)

    async def expire(self) -> set[int]:
        """Remove ended terms; the users whom this call found to be gone."""
        ended = await self._redis.zrangebyscore(KEY, "-inf", time.time())
        removed = {_user(term) for term in ended if await self._redis.zrem(KEY, term)}
        return removed - await self._elsewhere(removed)

    async def _elsewhere(self, user_ids: set[int]) -> set[int]:
        """Those of the users who have a tab in another process."""
        terms = await self._redis.zrangebyscore(KEY, time.time(), "+inf")
        own = f":{self._process}".encode()
        return {_user(term) for term in terms if not term.endswith(own)} & user_ids

    def _term(self, user_id: int) -> str:
        return f"{user_id}:{self._process}"


def _user(term: bytes) -> int:
    return int(term.partition(b":")[0])
