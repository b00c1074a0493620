"""The odds of an answer's first word, whatever a model server tells of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from ai.backends.base import ChatMessage, ServerSettings
from ai.backends.first_words import first_words

QUESTION = (ChatMessage("user", "Is it so? Reply yes or no."),)
Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


@asynccontextmanager
async def server_that(answers: Callable[[Reader, Writer], object]) -> AsyncIterator[ServerSettings]:
    """A server that does this with each connection."""
    async with await asyncio.start_server(answers, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield ServerSettings(f"http://127.0.0.1:{port}/v1")


def told(likely: bytes) -> bytes:
    """A whole answer with these as the likely words."""
    return b'{"choices":[{"logprobs":{"content":[{"top_logprobs":[%s]}]}}]}' % likely


@pytest.mark.parametrize(
    ("body", "yes"),
    [
        (told(b'{"token":" Yes","logprob":0},{"token":"no","logprob":-9e99}'), 1.0),
        (told(b'{"token":"yes","logprob":1e4}'), 1.0),
        (told(b'{"token":"\xff\xfe","logprob":-1}'), None),
        (told(b'{"token":"yes","logprob":null}'), None),
        (told(b""), None),
        (b'{"choices":[{"logprobs":{"content":[]}}]}', None),
        (b'{"choices":[{"logprobs":{"tokens":["yes"],"top_logprobs":[{"yes":-0.1}]}}]}', None),
        (b'{"choices":null}', None),
        (b"<!doctype html>", None),
        (b"[" * 5000, None),
        (b'{"choices":[],"more":' + b"[" * 5000, None),
        (b"", None),
    ],
)
async def test_what_cannot_be_read_tells_nothing(body: bytes, yes: float | None) -> None:
    async def answers(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()
        writer.close()

    async with server_that(answers) as server:
        words = await first_words(server, model="any", messages=QUESTION)
    assert (words or {}).get("yes") == yes


async def test_whoever_stops_waiting_closes_the_connection() -> None:
    begun, closed = asyncio.Event(), asyncio.Event()

    async def keeps_silent(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        begun.set()
        while await reader.read(1000):
            pass
        closed.set()
        writer.close()

    async with asyncio.timeout(5), server_that(keeps_silent) as server:
        asking = asyncio.create_task(first_words(server, model="any", messages=QUESTION))
        await begun.wait()
        asking.cancel()
        async with asyncio.timeout(0.5):
            await closed.wait()
