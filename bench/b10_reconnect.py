"""B10: everybody in a large room loses the connection, misses messages, and comes back at once."""

import asyncio
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import msgspec

from bench.counters import Counts, read_counts
from bench.load.sending import Sender, join
from bench.load.websocket import WebSocket, connect
from bench.population import make_people
from bench.processor import cpu_seconds
from bench.report import Figure, Result
from bench.servers import Site
from bench.stage import Stage

MISSED = 20
SECONDS_GOAL, STATEMENTS_GOAL = 3.0, 0.2
WITHIN_S = 60.0
CALM_S = 1.0


@dataclass(frozen=True, slots=True)
class Return:
    """One return of all. `gaps` counts readers who did not hear exactly what they had missed."""

    seconds: float
    cpu_s: float
    gaps: int
    counts: Counts


class Reader:
    """One tab: what it has heard of the room since it last came, in order."""

    def __init__(self, port: int, room: str, token: str) -> None:
        self._port, self._room, self._token = port, room, token
        self.socket: WebSocket
        self.seqs: list[int] = []
        self._acknowledged, self._whole = asyncio.Event(), asyncio.Event()

    def on_text(self, frame: bytes) -> None:
        """Note the number of each message."""
        if frame.startswith(b'{"type":"message.created"'):
            self.seqs.append(msgspec.json.decode(frame)["seq"])
            if len(self.seqs) >= MISSED:
                self._whole.set()
        elif b'"type":"ack"' in frame[:60]:
            self._acknowledged.set()

    async def come(self) -> None:
        """Open a socket and the room for the first time."""
        await self._begin(type="room.open")
        await self._acknowledged.wait()

    async def come_back(self, after_seq: int) -> None:
        """Open a socket and resume the room; returns once as many messages came as were missed."""
        self.seqs = []
        self._whole.clear()
        await self._begin(type="room.resume", after_seq=after_seq)
        await self._whole.wait()

    async def _begin(self, **command: object) -> None:
        self.socket = await connect(self._port, self.on_text, self._token)
        self.socket.send(msgspec.json.encode({"id": 1, "room": self._room, **command}))


async def run(stage: Stage) -> Result:
    """Several returns to one site; the first one warms it up."""
    people = await make_people(stage.scale.sockets + 1)
    with stage.site() as site:
        sender = await join(site.port, people.room.slug, people.tokens[0])
        readers = [Reader(site.port, people.room.slug, token) for token in people.tokens[1:]]
        await asyncio.gather(*(reader.come() for reader in readers))
        returns = [
            await _return(site, sender, readers, after_seq=number * MISSED)
            for number in range(1 + stage.scale.repeats)
        ][1:]
    per_client = [one.counts.statements.total() / len(readers) for one in returns]
    commands = [one.counts.commands.total() / len(readers) for one in returns]
    return Result(
        name="B10",
        figures=[
            _figure(
                "until everybody has everything",
                [one.seconds for one in returns],
                "s",
                SECONDS_GOAL,
            ),
            _figure("CPU per client", [one.cpu_s / len(readers) * 1e3 for one in returns], "ms"),
            _figure("statements per client", per_client, "SQL", STATEMENTS_GOAL),
            _figure("commands per client", commands, "Redis"),
        ],
        faults=sum(one.gaps for one in returns),
        details={
            "clients": len(readers),
            "seconds": [one.seconds for one in returns],
            "statements": dict(
                max(
                    returns, key=lambda one: one.counts.statements.total()
                ).counts.statements.most_common(12)
            ),
            "commands": dict(returns[-1].counts.commands.most_common(12)),
        },
    )


async def _return(site: Site, sender: Sender, readers: list[Reader], *, after_seq: int) -> Return:
    """Drop all, say what they miss, let them back in together."""
    for reader in readers:
        reader.socket.drop()
    for _ in range(MISSED):
        await sender.say()
    before, cpu = await asyncio.to_thread(read_counts), cpu_seconds(site.pids)
    began = perf_counter()
    async with asyncio.timeout(WITHIN_S):
        await asyncio.gather(*(reader.come_back(after_seq) for reader in readers))
    seconds = perf_counter() - began
    await asyncio.sleep(CALM_S)  # what their return sets off belongs to it
    counts = (await asyncio.to_thread(read_counts)).since(before)
    cpu = cpu_seconds(site.pids) - cpu
    missed = list(range(after_seq + 1, after_seq + 1 + MISSED))
    return Return(seconds, cpu, sum(reader.seqs != missed for reader in readers), counts)


def _figure(measure: str, values: list[float], unit: str, at_most: float | None = None) -> Figure:
    return Figure(
        measure=measure,
        value=median(values),
        unit=unit,
        low=min(values),
        high=max(values),
        at_most=at_most,
    )
