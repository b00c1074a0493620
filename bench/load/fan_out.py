"""One server with its crowd under a steady stream of messages: what a block of it cost."""

from dataclasses import dataclass
from time import perf_counter

from bench.load.crowd import Crowd
from bench.load.pace import at_rate
from bench.load.publishers import Publish
from bench.pairs import percentile
from bench.processor import cpu_seconds


@dataclass(frozen=True, slots=True)
class Block:
    """What a server did while it passed on `deliveries` frames. Latencies in seconds."""

    deliveries: int
    cpu_s: float
    wall_s: float
    latencies: list[float]
    faults: int

    @property
    def cpu_per_delivery(self) -> float:
        """Seconds of processor time."""
        return self.cpu_s / self.deliveries

    @property
    def p99(self) -> float:
        """Seconds from publishing to the reader."""
        return percentile(self.latencies, 0.99)


class FanOut:
    """Publishes numbered messages at `rate` a second to a crowd on the server `pids`."""

    def __init__(
        self, crowd: Crowd, pids: list[int], publish: Publish, *, rate: float, seconds: float
    ) -> None:
        self._crowd, self._pids, self._publish = crowd, pids, publish
        self._rate, self._seconds = rate, seconds
        self._seq = 0

    async def block(self) -> Block:
        """Publish for a block's time, and wait until everything has come."""
        self._crowd.begin()
        cpu, began = cpu_seconds(self._pids), perf_counter()
        await at_rate(self._rate, self._seconds, self._publish_next)
        faults = await self._crowd.drain()
        hearing = self._crowd.hearing
        return Block(
            deliveries=max(1, hearing.heard),
            cpu_s=cpu_seconds(self._pids) - cpu,
            wall_s=perf_counter() - began,
            latencies=hearing.latencies or [float("inf")],
            faults=faults,
        )

    async def _publish_next(self) -> None:
        self._seq += 1
        self._crowd.hearing.sent[self._seq] = perf_counter()
        await self._publish(self._seq)
