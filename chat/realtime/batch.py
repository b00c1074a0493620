"""Joins questions that arrive while an earlier one is being answered into one query."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from chat.realtime.threads import in_thread

GATHER_S = 0.05  # enough to join some dozens of a thousand that come at once

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Batch(Generic[K, V]):
    """Answers each key by `load(keys) -> {key: value}`, with one call under way at a time.

    A thousand sockets that return at once cost a handful of statements, one alone waits for nobody:
    only those who come while others are being answered are gathered for a moment.
    A key without a value gives None; an error of `load` reaches everyone who asked.
    """

    def __init__(self, load: Callable[[list[K]], dict[K, V]]) -> None:
        self._load = load
        self._asked: dict[K, asyncio.Future[V | None]] = {}
        self._running: asyncio.Task[None] | None = None

    async def get(self, key: K) -> V | None:
        """The value of one key, read after this call began."""
        answer = self._asked.get(key)
        if answer is None:
            answer = self._asked[key] = asyncio.get_running_loop().create_future()
        if self._running is None:
            self._running = asyncio.ensure_future(self._run())
        return await asyncio.shield(answer)

    async def _run(self) -> None:
        try:
            while self._asked:
                asked, self._asked = self._asked, {}
                await self._answer(asked)
                if self._asked:
                    await asyncio.sleep(GATHER_S)
        finally:
            self._running = None

    async def _answer(self, asked: "dict[K, asyncio.Future[V | None]]") -> None:
        try:
            values = await in_thread(self._load, list(asked))
        except Exception as error:  # noqa: BLE001  (handed to everyone who asked, not kept here)
            for answer in asked.values():
                answer.set_exception(error)
        else:
            for key, answer in asked.items():
                answer.set_result(values.get(key))
