"""The fault proxy does what it says, or the tests behind it prove nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.faults.proxy import FaultProxy, fault_proxy

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def proxy() -> AsyncIterator[FaultProxy]:
    """A proxy before a server that says everything back."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(100):
            writer.write(data)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    async with server, fault_proxy(f"http://127.0.0.1:{_port(server)}") as made:
        yield made


async def test_it_carries_both_ways(proxy: FaultProxy) -> None:
    assert await _say(await _connect(proxy), b"hello") == b"hello"


async def test_a_swallowed_connection_stays_open_and_silent(proxy: FaultProxy) -> None:
    streams = await _connect(proxy)
    proxy.swallow()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(_say(streams, b"hello"), 0.1)
    proxy.heal()
    assert await streams[0].readexactly(5) == b"hello"


async def test_lost_answers_never_come(proxy: FaultProxy) -> None:
    streams = await _connect(proxy)
    assert await _say(streams, b"one") == b"one"
    proxy.lose_answers()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(_say(streams, b"two"), 0.1)
    proxy.heal()
    assert await _say(streams, b"three") == b"three"


async def test_a_reset_ends_the_connection(proxy: FaultProxy) -> None:
    streams = await _connect(proxy)
    await _say(streams, b"hello")
    proxy.reset()
    with pytest.raises(ConnectionResetError):
        await streams[0].read(1)


async def _connect(proxy: FaultProxy) -> Streams:
    return await asyncio.open_connection("127.0.0.1", int(proxy.base_url.rpartition(":")[2]))


async def _say(streams: Streams, data: bytes) -> bytes:
    streams[1].write(data)
    return await streams[0].readexactly(len(data))


def _port(server: asyncio.Server) -> int:
    port: int = server.sockets[0].getsockname()[1]
    return port
