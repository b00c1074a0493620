"""What a web process has once: hub, admission, resumer, presence. Made with its first socket."""

import secrets
from functools import cache

from chat.realtime.admission import Admission
from chat.realtime.attendance import Attendance
from chat.realtime.batch import Batch
from chat.realtime.groups import room_group, user_group
from chat.realtime.hub import Hub
from chat.realtime.keeper import Keeper
from chat.realtime.live_text import LiveText
from chat.realtime.presence import Presence
from chat.realtime.redis_clients import loop_client
from chat.realtime.resume import Resumer
from chat.realtime.socket import Socket
from chat.selectors.standing import rooms_joined


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

    async def enter(self, socket: Socket) -> None:
        """Register a tab; its user may come online by it."""
        rooms = await self._rooms.get(socket.user_id) or set()
        self.hub.add(socket, rooms)
        await self.hub.subscribe(user_group(socket.user_id), *map(room_group, rooms))

    def leave(self, socket: Socket) -> None:
        """Forget a tab; its user goes offline unless another tab is open soon."""
        self.hub.remove(socket)


@cache
def process() -> Process:
    """This process's one instance; call it on the event loop."""
    return Process()
