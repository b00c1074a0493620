"""Listens to a reply as a caller of `ai.api` does."""

from collections.abc import AsyncGenerator

from ai.api import stream_reply
from ai.types import Asked, Finished, Reading, ReplyEvent, ReplyRequest, TextPiece


async def whole_reply(request: ReplyRequest) -> tuple[str, Finished]:
    """The text and the end of a reply, its events checked to come in their order."""
    first, *events = [event async for event in stream_reply(request)]
    assert isinstance(first, Asked)
    end = events[-1]
    assert isinstance(end, Finished)
    pieces = events[isinstance(events[0], Reading) : -1]
    assert all(isinstance(piece, TextPiece) and piece.text for piece in pieces)
    return text_of(events), end


async def told_reply(request: ReplyRequest) -> tuple[str, Asked]:
    """The text of a reply, and what the server was asked for it."""
    first, *events = [event async for event in stream_reply(request)]
    assert isinstance(first, Asked)
    return text_of(events), first


async def until_text(events: AsyncGenerator[ReplyEvent, None]) -> str:
    """Reads on to the first text and returns it."""
    async for event in events:
        if isinstance(event, TextPiece):
            return event.text
    raise AssertionError("the reply ended without text")


def text_of(events: list[ReplyEvent]) -> str:
    """The text in these events."""
    return "".join(event.text for event in events if isinstance(event, TextPiece))
