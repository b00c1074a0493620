"""Many sockets that hear the same numbered events: when each came, and whether all came in order."""

import asyncio
import time
from dataclasses import dataclass, field

import msgspec

from bench.load.websocket import WebSocket, connect

MESSAGE = b'{"type":"message.created"'
ACK = b'"type":"ack"'
SETTLE_S = 1.0
DRAIN_S = 5.0
AT_ONCE = 100


@dataclass(slots=True)
class Hearing:
    """What the crowd has heard since the last look. `sent` maps numbers to the time they left."""

    sent: dict[int, float] = field(default_factory=dict)
    latencies: list[float] = field(default_factory=list)
    heard: int = 0
    faults: int = 0


class Listener:
    """One socket. Expects the numbers one by one, from the first that it hears."""

    __slots__ = ("_hearing", "acknowledged", "last", "socket")

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self.socket: WebSocket
        self.last = 0
        self.acknowledged = asyncio.Event()

    def on_text(self, frame: bytes) -> None:
        """Take a frame; whatever is no message and no acknowledgement is not counted."""
        if not frame.startswith(MESSAGE):
            if ACK in frame[:60]:
                self.acknowledged.set()
            return
        now = time.perf_counter()
        at = frame.index(b'"seq":') + 6
        seq = int(frame[at : frame.index(b",", at)])
        hearing = self._hearing
        hearing.faults += bool(self.last) and seq != self.last + 1
        self.last = seq
        hearing.heard += 1
        hearing.latencies.append(now - hearing.sent[seq])


class Crowd:
    """Listeners on one server. A floor has no rooms, no tokens, and nothing to open."""

    def __init__(self) -> None:
        self.hearing = Hearing()
        self.listeners: list[Listener] = []

    async def join(self, port: int, tokens: list[str], room: str = "") -> None:
        """Open a socket for each token, and the room where there is one."""
        turn = asyncio.Semaphore(AT_ONCE)

        async def enter(token: str) -> Listener:
            async with turn:
                return await self._enter(port, token, room)

        self.listeners = list(await asyncio.gather(*map(enter, tokens)))
        await asyncio.sleep(SETTLE_S)

    async def _enter(self, port: int, token: str, room: str) -> Listener:
        listener = Listener(self.hearing)
        listener.socket = await connect(port, listener.on_text, token)
        if room:
            command = {"id": 1, "type": "room.open", "room": room}
            listener.socket.send(msgspec.json.encode(command))
            await listener.acknowledged.wait()
        return listener

    def begin(self) -> None:
        """Forget what was heard; the listeners keep their place."""
        hearing = self.hearing
        hearing.sent, hearing.latencies, hearing.heard, hearing.faults = {}, [], 0, 0

    async def drain(self, *, within_s: float = DRAIN_S) -> int:
        """Wait until everything sent was heard by all; returns faults and what is missing."""
        wanted = len(self.hearing.sent) * len(self.listeners)
        deadline = time.perf_counter() + within_s
        while self.hearing.heard < wanted and time.perf_counter() < deadline:
            await asyncio.sleep(0.005)
        return self.hearing.faults + abs(wanted - self.hearing.heard)

    def leave(self) -> None:
        """Drop every socket."""
        for listener in self.listeners:
            listener.socket.drop()
