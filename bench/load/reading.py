"""Somebody who reads the REST API, one request after the other, on one connection."""

from dataclasses import dataclass
from time import perf_counter
from types import TracebackType
from typing import Self

import httpx

from bench.processor import cpu_seconds, family
from echomind.stack.ports import LOOPBACK


@dataclass(frozen=True, slots=True)
class Block:
    """What a block of requests cost the server and its stores together."""

    requests: int
    cpu_s: float


class Reader:
    """A signed-in client. `pids` are those of the server and of the stores."""

    def __init__(self, port: int, token: str, pids: list[int]) -> None:
        self._pids = pids
        self._http = httpx.AsyncClient(
            base_url=f"http://{LOOPBACK}:{port}/api/v1/",
            headers={"Authorization": f"Bearer {token}"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def block(self, path: str, seconds: float) -> Block:
        """Read `path` again and again."""
        requests, cpu, end = 0, self._cpu(), perf_counter() + seconds
        while not requests or perf_counter() < end:
            answer = await self._http.get(path)
            answer.raise_for_status()
            requests += 1
        return Block(requests, self._cpu() - cpu)

    def _cpu(self) -> float:
        return cpu_seconds(family(self._pids))
