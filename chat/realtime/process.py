"""What a web process has once: hub, admission, resumer, presence. Made with its first socket."""

import asyncio
import secrets
from collections.abc import Coroutine
from functools import cache
from typing import Any

import redis
import redis.asyncio
import structlog
from django.conf import settings
from django.db import DatabaseError

from chat.realtime.admission import Admission
from chat.realtime.batch import Batch
from chat.realtime.groups import room_group, user_group
from chat.realtime.hub import Hub
from chat.realtime.keeper import Keeper
from chat.realtime.live_text import LiveText
from chat.realtime.presence import Presence
from chat.realtime.resume import Resumer
from chat.realtime.socket import Socket
from chat.selectors.standing import rooms_joined

logger = structlog.get_logger(__name__)

FAREWELL_S = 3.0  # a page that is only being reloaded is back by then


class Process:
    """The realtime side of one web process and its event loop."""

    def __init__(self) -> None:
        client = redis.asyncio.Redis.from_url(
            settings.REDIS_URL,
            socket_timeout=settings.REDIS_TIMEOUT_S,
            socket_connect_timeout=settings.REDIS_TIMEOUT_S,
        )
        live_text = LiveText(client)
        self.hub = Hub()
        self.admission = Admission()
        self.resumer = Resumer(self.hub, live_text)
        self._presence = Presence(client, secrets.token_hex(4))
        self._keeper = Keeper(self.hub, self._presence, live_text)
        self._rooms: Batch[int, set[int]] = Batch(rooms_joined)
        self._tasks: set[asyncio.Task[None]] = set(self._keeper.duties())

    async def enter(self, socket: Socket) -> None:
        """Register a tab; its user may come online by it."""
        first = socket.user_id not in self.hub.sockets
        rooms = await self._rooms.get(socket.user_id) or set()
        self.hub.add(socket, rooms)
        await self.hub.subscribe(user_group(socket.user_id), *map(room_group, rooms))
        if first:
            self._begin(self._arrive(socket.user_id))

    def leave(self, socket: Socket) -> None:
        """Forget a tab; its user goes offline unless another tab is open soon."""
        if self.hub.remove(socket):
            self._begin(self._depart(socket.user_id))

    async def _arrive(self, user_id: int) -> None:
        if await self._presence.arrive(user_id):
            await self._keeper.tell_presence(user_id, online=True)

    async def _depart(self, user_id: int) -> None:
        await asyncio.sleep(FAREWELL_S)
        if user_id not in self.hub.sockets and await self._presence.depart(user_id):
            await self._keeper.tell_presence(user_id, online=False)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(_forgiving(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _forgiving(work: Coroutine[Any, Any, None]) -> None:
    """Presence is a courtesy: without Redis it is missing, and the sockets go on."""
    try:
        await work
    except (redis.RedisError, OSError, DatabaseError) as error:
        logger.warning("presence_away", error=str(error))


@cache
def process() -> Process:
    """This process's one instance; call it on the event loop."""
    return Process()
