"""A TCP proxy that can lose a connection in the ways networks do."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from echomind.stack.ports import LOOPBACK

RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class FaultProxy:
    """Stands before `target` (an http address) at `base_url`. Use `fault_proxy`."""

    def __init__(self, target: str) -> None:
        self._target = urlsplit(target)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._connections: set[asyncio.Task[None]] = set()
        self._passing = asyncio.Event()
        self._passing.set()
        self._answers_lost = False

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)

    @property
    def base_url(self) -> str:
        """The proxy's own address."""
        assert self._server, "not started"
        return f"http://{LOOPBACK}:{self._server.sockets[0].getsockname()[1]}"

    def swallow(self) -> None:
        """Carry nothing any more, and tell nobody: a half-open connection."""
        self._passing.clear()

    def lose_answers(self) -> None:
        """Carry what the client says, and drop what the server says."""
        self._answers_lost = True

    def heal(self) -> None:
        """Carry everything again on new connections."""
        self._answers_lost = False
        self._passing.set()

    def reset(self) -> None:
        """End every connection with a TCP reset."""
        for writer in tuple(self._writers):
            if not writer.is_closing():
                raw: socket.socket = writer.get_extra_info("socket")
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
                writer.transport.abort()

    async def end(self) -> None:
        """Take no more connections, and end those that are open."""
        assert self._server, "not started"
        self._server.close()
        self.heal()
        while self._connections:
            self.reset()
            await asyncio.wait(self._connections, timeout=0.1)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = asyncio.current_task()
        assert connection
        self._connections.add(connection)
        try:
            onward = await asyncio.open_connection(self._target.hostname, self._target.port)
        except OSError:  # what stands behind is dead
            writer.transport.abort()
        else:
            await self._carry(reader, writer, *onward)
        finally:
            self._connections.remove(connection)

    async def _carry(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        onward_reader: asyncio.StreamReader,
        onward_writer: asyncio.StreamWriter,
    ) -> None:
        writers = {writer, onward_writer}
        self._writers |= writers
        await asyncio.gather(
            self._pump(reader, onward_writer, False), self._pump(onward_reader, writer, True)
        )
        self._writers -= writers

    async def _pump(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter, is_answer: bool
    ) -> None:
        try:
            while data := await source.read(65_536):
                await self._passing.wait()
                if not (is_answer and self._answers_lost):
                    sink.write(data)
                    await sink.drain()
        except ConnectionError:
            sink.transport.abort()
        finally:
            sink.close()


@asynccontextmanager
async def fault_proxy(target: str) -> AsyncIterator[FaultProxy]:
    """A proxy before `target` for the length of a block."""
    proxy = FaultProxy(target)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.end()
