"""Many clients of the REST API who ask as fast as they are answered, and wait when they are refused."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from bench.processor import cpu_seconds
from echomind.stack.ports import LOOPBACK

SETTLE_S = 1.0  # until a block counts
BUSY = 503
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_LATER = re.compile(rb"retry-after: (\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Asked:
    """What came of the requests that ended from `began` to `ends`. `cpu_s` of the web process.

    `faults` are answers that are neither the page nor a refusal that says when to come again.
    """

    began: float
    ends: float
    answered: int = 0
    refused: int = 0
    faults: int = 0
    cpu_s: float = 0.0

    @property
    def seconds_each(self) -> float:
        """Seconds of the clock for each answer."""
        return (self.ends - self.began) / max(1, self.answered)

    @property
    def cpu_each(self) -> float:
        """Seconds of processor time for each answer, with what the refusals cost."""
        return self.cpu_s / max(1, self.answered)

    def count(self, status: int, is_sound: bool) -> None:
        """Note an answer that has just come."""
        if self.began <= perf_counter() <= self.ends:
            self.answered += status == 200 and is_sound
            self.refused += status == BUSY and is_sound
        self.faults += not is_sound


class Client:
    """One connection, opened again where the server has closed it."""

    def __init__(self, port: int, request: bytes) -> None:
        self._port, self._request = port, request
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, asked: Asked, *, after: float) -> None:
        """Ask again and again, first after so many seconds, until the block is over."""
        pause = after
        while perf_counter() + pause < asked.ends:
            await asyncio.sleep(pause)
            status, head = await self._answer()
            later = _LATER.search(head) if status == BUSY else None
            asked.count(status, status == 200 or later is not None)
            pause = float(later[1]) if later else 0.0

    def close(self) -> None:
        """Hang up."""
        if self._writer:
            self._writer.close()

    async def _answer(self) -> tuple[int, bytes]:
        try:
            return await self._exchange()
        except (ConnectionError, asyncio.IncompleteReadError):  # it was idle for too long
            self._reader = None
            return await self._exchange()

    async def _exchange(self) -> tuple[int, bytes]:
        if self._reader is None or self._writer is None or self._reader.at_eof():
            self.close()
            self._reader, self._writer = await asyncio.open_connection(LOOPBACK, self._port)
        self._writer.write(self._request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        await self._reader.readexactly(int(length[1]) if length else 0)
        return int(head[9:12]), head


class Crowd:
    """So many clients of one person's; `pid` is the web process."""

    def __init__(self, port: int, pid: int, *, path: str, token: str, size: int) -> None:
        lines = (
            f"GET {path} HTTP/1.1",
            f"Host: {LOOPBACK}:{port}",
            f"Authorization: Bearer {token}",
        )
        request = "\r\n".join((*lines, "", "")).encode()
        self._clients = [Client(port, request) for _ in range(size)]
        self._pid = pid

    async def block(self, size: int, seconds: float, *, over_s: float) -> Asked:
        """Let `size` of them ask; they begin within `over_s` seconds, one after the other."""
        began = perf_counter() + SETTLE_S
        asked = Asked(began, began + seconds)
        async with asyncio.TaskGroup() as tasks:
            for number, client in enumerate(self._clients[:size]):
                tasks.create_task(client.ask(asked, after=number / size * over_s))
            await asyncio.sleep(began - perf_counter())
            before = cpu_seconds([self._pid])
            await asyncio.sleep(asked.ends - perf_counter())
            asked.cpu_s = cpu_seconds([self._pid]) - before
        return asked

    def close(self) -> None:
        """Hang up."""
        for client in self._clients:
            client.close()


def faults_in(blocks: Sequence[Asked]) -> int:
    """Answers that were none, in all of them."""
    return sum(block.faults for block in blocks)
