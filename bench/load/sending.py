"""People who send messages at a steady rate: the cost of a block and the delay of each answer."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter

import msgspec

from bench.load.pace import at_rate
from bench.load.websocket import WebSocket, connect
from bench.pairs import percentile
from bench.population import TEXT
from bench.processor import cpu_seconds, family

ACK_WITHIN_S = 10.0
HEAD = b'{"id":'
ACK = b'"type":"ack"'


class Sender:
    """One person's socket. Each command gets the time from its frame to its acknowledgement."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.socket: WebSocket
        self._next_id = 0
        self._waiting: dict[int, tuple[float, asyncio.Future[float]]] = {}
        self.frames = self.bytes = 0  # heard

    def on_text(self, frame: bytes) -> None:
        """Match answers with their commands; events are for readers."""
        self.frames += 1
        self.bytes += len(frame)
        if not frame.startswith(HEAD):
            return
        now = perf_counter()
        sent, answer = self._waiting.pop(int(frame[len(HEAD) : frame.index(b",")]))
        if ACK in frame[:60]:
            answer.set_result(now - sent)
        else:
            answer.set_exception(ConnectionError(frame.decode()))

    def command(self, **fields: object) -> "asyncio.Future[float]":
        """Send a command; the future tells the seconds until its acknowledgement."""
        self._next_id += 1
        answer: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        frame = msgspec.json.encode({"id": self._next_id, **fields})
        self._waiting[self._next_id] = (perf_counter(), answer)
        self.socket.send(frame)
        return answer

    def say(self, text: str = TEXT, **fields: object) -> "asyncio.Future[float]":
        """Send a message to the room."""
        return self.command(
            type="message.send", room=self.room, client_id=uuid.uuid4().hex, text=text, **fields
        )


async def join(
    port: int, room: str = "floor", token: str = "", on_text: Callable[[bytes], None] | None = None
) -> Sender:
    """A sender with an open socket; `on_text` hears what the sender hears."""
    sender = Sender(room)

    def hear(frame: bytes) -> None:
        sender.on_text(frame)
        if on_text:
            on_text(frame)

    sender.socket = await connect(port, hear, token)
    return sender


@dataclass(frozen=True, slots=True)
class Block:
    """`sends` acknowledged messages. `system_cpu_s` is that of the server and of its stores."""

    sends: int
    cpu_s: float
    system_cpu_s: float
    delays: list[float]
    faults: int

    @property
    def p95(self) -> float:
        """Seconds from the frame to its acknowledgement."""
        return percentile(self.delays, 0.95)


class Sending:
    """Senders who take turns, at `rate` messages a second together, on the server `pids`."""

    def __init__(
        self,
        senders: list[Sender],
        pids: list[int],
        stores: list[int],
        *,
        rate: float,
        seconds: float,
    ) -> None:
        self._senders, self._pids, self._stores = senders, pids, stores
        self._rate, self._seconds = rate, seconds
        self.sent = 0

    def heard(self) -> tuple[int, int]:
        """Frames and bytes that have come to the senders so far."""
        return (
            sum(sender.frames for sender in self._senders),
            sum(sender.bytes for sender in self._senders),
        )

    async def block(self) -> Block:
        """Send for a block's time and wait for every acknowledgement."""
        turns, answers = cycle(self._senders), list[asyncio.Future[float]]()

        async def send_next() -> None:
            answers.append(next(turns).say())

        cpu, stores = cpu_seconds(self._pids), cpu_seconds(family(self._stores))
        await at_rate(self._rate, self._seconds, send_next)
        done, missing = await asyncio.wait(answers, timeout=ACK_WITHIN_S)
        cpu = cpu_seconds(self._pids) - cpu
        delays = [answer.result() for answer in done if not answer.exception()]
        self.sent += len(delays)
        return Block(
            sends=max(1, len(delays)),
            cpu_s=cpu,
            system_cpu_s=cpu + cpu_seconds(family(self._stores)) - stores,
            delays=delays or [float("inf")],
            faults=len(missing) + len(done) - len(delays),
        )
