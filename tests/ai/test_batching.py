"""Pieces leave early, leave together, and leave in order."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from ai.batching import batched
from ai.errors import ModelFailedError
from ai.types import Finished, Reading, ReplyEvent, TextPiece, Usage

END = Finished("stop", Usage("m", 1, 0, 3, 1.0, 2.0, "stop"))
LONG_S = 3600.0  # a wait that no test could sit out


class Source:
    """Events that come when the test says so."""

    def __init__(self) -> None:
        self._coming: asyncio.Queue[ReplyEvent | Exception | None] = asyncio.Queue()
        self.closed = asyncio.Event()

    async def events(self) -> AsyncGenerator[ReplyEvent, None]:
        """What `say` was told, until `end`."""
        try:
            while (event := await self._coming.get()) is not None:
                if isinstance(event, Exception):
                    raise event
                yield event
        finally:
            self.closed.set()

    def say(self, *events: ReplyEvent | Exception) -> None:
        """Let these come."""
        for event in events:
            self._coming.put_nowait(event)

    def end(self) -> None:
        """Nothing more will come."""
        self._coming.put_nowait(None)


async def test_the_first_piece_does_not_wait_for_the_second() -> None:
    source = Source()
    async with aclosing(batched(source.events(), join_s=LONG_S)) as pieces:
        source.say(Reading(), TextPiece("a"))
        assert await anext(pieces) == Reading()
        assert await anext(pieces) == TextPiece("a")


async def test_pieces_that_come_close_together_leave_as_one() -> None:
    source = Source()
    async with aclosing(batched(source.events(), join_s=LONG_S)) as pieces:
        source.say(TextPiece("a"))
        assert await anext(pieces) == TextPiece("a")
        source.say(TextPiece("b"), TextPiece("c"), END)
        source.end()
        assert [event async for event in pieces] == [TextPiece("bc"), END]


async def test_a_piece_after_a_pause_leaves_without_another_wait() -> None:
    source = Source()
    async with aclosing(batched(source.events(), join_s=0.001)) as pieces:
        for text in "abc":
            source.say(TextPiece(text))
            assert await anext(pieces) == TextPiece(text)


async def test_a_failure_comes_after_the_text_before_it() -> None:
    source = Source()
    source.say(TextPiece("a"), TextPiece("b"), ModelFailedError())
    pieces = batched(source.events(), join_s=LONG_S)
    assert await anext(pieces) == TextPiece("ab")
    with pytest.raises(ModelFailedError):
        await anext(pieces)


async def test_closing_closes_the_source_while_it_waits() -> None:
    source = Source()
    pieces = batched(source.events(), join_s=LONG_S)
    source.say(TextPiece("a"))
    await anext(pieces)
    await pieces.aclose()
    assert source.closed.is_set()


async def test_cancelling_the_consumer_closes_the_source() -> None:
    source = Source()

    async def consume() -> None:
        async with aclosing(batched(source.events(), join_s=LONG_S)) as pieces:
            async for _ in pieces:
                pass

    consumer = asyncio.create_task(consume())
    await asyncio.sleep(0)
    consumer.cancel()
    await asyncio.gather(consumer, return_exceptions=True)
    assert consumer.cancelled()


async def test_a_slow_consumer_misses_nothing() -> None:
    source = Source()
    source.say(*(TextPiece(str(n)) for n in range(1000)), END)
    source.end()
    events = []
    async for event in batched(source.events(), join_s=0.001):
        await asyncio.sleep(0.001)
        events.append(event)
    said = "".join(event.text for event in events if isinstance(event, TextPiece))
    assert said == "".join(map(str, range(1000)))
    assert events[-1] == END
