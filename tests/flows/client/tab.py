"""A browser tab: a socket that comes back, fills gaps, and resends what was not acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.exceptions import WebSocketException

from tests.flows.client.person import Person, new_client_id
from tests.flows.client.room_view import UNKNOWN, RoomView
from tests.flows.client.shapes import Json
from tests.flows.client.socket import RejectedError, Socket, SocketClosedError

TRY_AGAIN = "unavailable"
ANSWER_WITHIN_S = 8  # then the connection is given up
LOST = (OSError, SocketClosedError, TimeoutError, WebSocketException)


class Tab:
    """One person's tab on one room. `acknowledged` maps client ids to the rows the site confirmed.

    Use `open_tab`; `keep_up` runs beside it until the tab is closed.
    """

    def __init__(self, person: Person, room: str, addresses: list[str]) -> None:
        self.person = person
        self.view = RoomView(room)
        self.acknowledged: dict[str, Json] = {}
        self.codes: list[int] = []
        self._addresses = addresses
        self._turn = 0
        self._socket: Socket | None = None
        self._live = asyncio.Event()

    async def keep_up(self) -> None:
        """Connect, follow, and connect again for ever."""
        while True:
            try:
                await self._follow()
            except LOST as lost:
                self.codes.append(getattr(lost, "code", 0))
            except RejectedError as rejected:
                if rejected.code != TRY_AGAIN:
                    raise
            self._live.clear()
            await asyncio.sleep(0.05)

    async def live(self, within: float = 20) -> Socket:
        """The socket, once it is connected and its room is open. It may be lost again at once."""
        async with asyncio.timeout(within):
            await self._live.wait()
        assert self._socket
        return self._socket

    async def send(self, text: str, within: float = 30, **fields: Any) -> Json:
        """Send a message until it is acknowledged, with one client id. Raises RejectedError."""
        client_id = new_client_id()
        answer = await self.insist(
            "message.send",
            within,
            room=self.view.room,
            client_id=client_id,
            text=text,
            **fields,
        )
        message: Json = answer["message"]
        self.acknowledged[client_id] = message
        return message

    async def insist(self, kind: str, within: float = 30, **fields: Any) -> Json:
        """Repeat a command that may be repeated until it is answered. Raises RejectedError."""
        async with asyncio.timeout(within):
            while True:
                socket = await self.live(within)
                try:
                    async with asyncio.timeout(ANSWER_WITHIN_S):
                        return await (await socket.start(kind, **fields))
                except RejectedError as rejected:
                    if rejected.code != TRY_AGAIN:
                        raise
                except LOST:
                    socket.abort()
                await asyncio.sleep(0.05)

    def drop(self) -> None:
        """Lose the connection; the tab comes back by itself."""
        if self._socket:
            self._socket.abort()

    async def caught_up(self, seq: int, within: float = 20) -> None:
        """Wait until this tab has seen the room's event `seq`."""
        await self.until(lambda: self.view.seq >= seq and not self.view.gap, within)

    async def until(self, condition: Callable[[], bool], within: float = 20) -> None:
        """Wait until a condition on the view holds, through lost connections."""
        async with asyncio.timeout(within):
            while not condition():
                socket = await self.live(within)
                with suppress(SocketClosedError):
                    await socket.until(condition, within=None)
                await asyncio.sleep(0)

    async def _follow(self) -> None:
        address = self._addresses[self._turn % len(self._addresses)]
        self._turn += 1
        async with asyncio.timeout(5):
            socket = await self.person.connect(address)
        self._socket = socket
        socket.views[self.view.room] = self.view
        try:
            await self._catch_up(socket)
            self._live.set()
            while True:
                await socket.until(lambda: self.view.gap, within=None)
                await self._catch_up(socket)
        finally:
            socket.views.clear()  # frames that still lie in its buffer belong to the past
            socket.abort()

    async def _catch_up(self, socket: Socket) -> None:
        self.view.ask()
        if self.view.seq == UNKNOWN:
            self.view.open_after(0)
            ack = await socket.command("room.open", room=self.view.room, after_seq=0)
        else:
            position = {"after_seq": self.view.seq, "replies": self.view.offsets()}
            ack = await socket.command("room.resume", room=self.view.room, **position)
        if ack.get("reload"):
            self.view.load(await self.person.messages(self.view.room))


@asynccontextmanager
async def open_tab(person: Person, room: str, *addresses: str) -> AsyncIterator[Tab]:
    """A tab that follows `room` until the block ends; `addresses` are tried in turn."""
    tab = Tab(person, room, list(addresses) or [person.base_url])
    keeper = asyncio.create_task(tab.keep_up())
    try:
        await tab.live()
        yield tab
    finally:
        while not keeper.done():  # a cancellation that meets another wake-up can be lost
            keeper.cancel()
            await asyncio.wait([keeper], timeout=1)
        if not keeper.cancelled():
            keeper.result()  # raises what was wrong with a frame, if anything was
