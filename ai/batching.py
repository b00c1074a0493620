"""Joins the pieces of an answer: the first goes out at once, later ones together every 30 ms."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from ai.types import ReplyEvent, TextPiece

JOIN_S = 0.03


async def batched(
    events: AsyncGenerator[ReplyEvent, None], *, join_s: float = JOIN_S
) -> AsyncGenerator[ReplyEvent, None]:
    """The same events in the same order, with text that came close together as one piece.

    `events` is read by a task of its own, never cancelled between two pieces; a slow consumer gets
    larger pieces. What `events` raises is raised after the text before it.
    """
    inbox = _Inbox()
    reader = asyncio.create_task(inbox.fill(events))
    try:
        while not inbox.exhausted:
            await inbox.arrival()
            taken = inbox.take()
            for event in taken:
                yield event
            if any(isinstance(event, TextPiece) for event in taken):
                await asyncio.wait({reader}, timeout=join_s)
        await reader
    finally:
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)


class _Inbox:
    """Events read and not yet handed on."""

    def __init__(self) -> None:
        self._events: list[ReplyEvent] = []
        self._arrived = asyncio.Event()
        self._closed = False

    @property
    def exhausted(self) -> bool:
        """True once the source has ended and everything is handed on."""
        return self._closed and not self._events

    async def fill(self, events: AsyncGenerator[ReplyEvent, None]) -> None:
        """Reads `events` to its end; closes it even when cancelled."""
        try:
            async with aclosing(events):
                async for event in events:
                    self._events.append(event)
                    self._arrived.set()
        finally:
            self._closed = True
            self._arrived.set()

    async def arrival(self) -> None:
        """Waits until there is something to take, or the source has ended."""
        await self._arrived.wait()

    def take(self) -> list[ReplyEvent]:
        """Everything that has come, neighbouring text joined."""
        taken, self._events = self._events, []
        if not self._closed:
            self._arrived.clear()
        return joined(taken)


def joined(events: list[ReplyEvent]) -> list[ReplyEvent]:
    """The events with each run of text pieces as one."""
    result: list[ReplyEvent] = []
    run: list[str] = []
    for event in events:
        if isinstance(event, TextPiece):
            run.append(event.text)
            continue
        if run:
            result.append(TextPiece("".join(run)))
            run = []
        result.append(event)
    if run:
        result.append(TextPiece("".join(run)))
    return result
