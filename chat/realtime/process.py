"""What a web process has once: hub, admission, resumer, presence. Made with its first socket."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import structlog
from django.conf import settings

from chat.realtime.admission import Admission, RefusedError
from chat.realtime.attendance import Attendance
from chat.realtime.batch import Batch
from chat.realtime.groups import room_group, user_group
from chat.realtime.hub import Hub
from chat.realtime.keeper import Keeper
from chat.realtime.live_text import LiveText
from chat.realtime.presence import Presence
from chat.realtime.redis_clients import loop_client
from chat.realtime.resume import Resumer
from chat.realtime.socket import TOO_MANY, Socket
from chat.selectors.standing import rooms_joined

logger = structlog.get_logger(__name__)


class Process:
    """The realtime side of one web process and its event loop."""

    def __init__(self) -> None:
        client = loop_client()
        live_text = LiveText(client)
        self.hub = Hub()
        self.admission = Admission()
        self.resumer = Resumer(self.hub, live_text)
        attendance = Attendance(self.hub, Presence(client, secrets.token_hex(4)))
        self._duties = Keeper(self.hub, attendance, live_text).duties()
        self._rooms: Batch[int, set[int]] = Batch(rooms_joined)

    @asynccontextmanager
    async def hosting(self, socket: Socket) -> AsyncIterator[None]:
        """Keep a tab registered: its user comes online by it, and goes unless another is open soon.

        Raises RefusedError if this process has as many tabs of the user as one may open.
        """
        try:
            await self._enter(socket)
            yield
        finally:
            socket.stop_writing()
            self.hub.remove(socket)

    async def _enter(self, socket: Socket) -> None:
        rooms = await self._rooms.get(socket.user_id) or set()
        if len(self.hub.sockets.get(socket.user_id, ())) >= settings.SOCKETS_PER_USER:
            logger.warning("too_many_sockets", user=socket.user_id)
            raise RefusedError(TOO_MANY)
        self.hub.add(socket, rooms)
        await self.hub.subscribe(user_group(socket.user_id), *map(room_group, rooms))


@cache
def process() -> Process:
    """This process's one instance; call it on the event loop."""
    return Process()
