"""The lean socket client against a server of another make."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve

from bench.load.websocket import connect

SIZES = (1, 125, 126, 65_535, 65_536, 300_000)


async def repeat(connection: ServerConnection) -> None:
    """Say again whatever is said, in a frame of the same size."""
    async for frame in connection:
        await connection.ping()
        await connection.send(frame)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    """An echo."""
    async with serve(repeat, "127.0.0.1", 0, compression=None, max_size=None) as running:
        yield running


def port_of(server: Server) -> int:
    return int(next(iter(server.sockets)).getsockname()[1])


async def test_frames_of_every_size_come_back_whole(server: Server) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    socket = await connect(port_of(server), heard.put_nowait)

    for size in [size for size in SIZES if size < 65_536]:
        socket.send(b"x" * size)
        assert await asyncio.wait_for(heard.get(), 5) == b"x" * size


async def test_frames_larger_than_one_read_come_back_whole(server: Server) -> None:
    heard: asyncio.Queue[bytes] = asyncio.Queue()
    await connect(port_of(server), heard.put_nowait)
    connection = next(iter(server.connections))

    for size in SIZES:
        await connection.send("y" * size)
        assert await asyncio.wait_for(heard.get(), 5) == b"y" * size


async def test_a_dropped_socket_is_gone_for_the_server(server: Server) -> None:
    socket = await connect(port_of(server), lambda frame: None)
    connection = next(iter(server.connections))

    socket.drop()

    await asyncio.wait_for(connection.wait_closed(), 5)


async def test_a_refused_handshake_is_an_error(server: Server) -> None:
    server.close()
    with pytest.raises(ConnectionError):
        await connect(port_of(server), lambda frame: None)
