"""A lean WebSocket client: text frames over a bare asyncio protocol, without a library."""

import asyncio
import base64
import os
import struct
from collections.abc import Callable
from typing import cast

from echomind.stack.ports import LOOPBACK

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
NO_MASK = bytes(4)  # a mask of zeroes is legal and leaves the payload as it is
OPEN_WITHIN_S = 60
OnText = Callable[[bytes], None]


class WebSocket(asyncio.Protocol):
    """One connection. `on_text` gets each frame's payload; `ended` is done when it is over."""

    def __init__(self, on_text: OnText) -> None:
        loop = asyncio.get_running_loop()
        self.opened: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        self._on_text = on_text
        self._rest = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's own class is not a subclass

    def shake_hands(self, port: int, token: str) -> None:
        """Send the opening request; a token rides in the list of subprotocols."""
        lines = [
            "GET /ws/ HTTP/1.1",
            f"Host: {LOOPBACK}:{port}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            *([f"Sec-WebSocket-Protocol: echomind.v1, bearer.{token}"] if token else []),
        ]
        self._transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        at = 0 if self.opened.done() else self._read_answer(data)
        while len(data) - at >= 2 and self.opened.done():
            kind, head, size = _head(data, at)
            if len(data) - at < head + size:
                break
            self._take(kind, data[at + head : at + head + size])
            at += head + size
        self._rest = data[at:]

    def connection_lost(self, error: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before it was open"))
        self.ended.set_result(None)

    def send(self, payload: bytes) -> None:
        """Send one text frame."""
        self._send(TEXT, payload)

    def drop(self) -> None:
        """End the connection as a lost network does, without a word."""
        self._transport.abort()

    def _read_answer(self, data: bytes) -> int:
        """The length of the server's answer to the handshake, 0 while it is not whole."""
        end = data.find(b"\r\n\r\n")
        if end < 0:
            return 0
        if data.startswith(b"HTTP/1.1 101"):
            self.opened.set_result(None)
        else:
            self.opened.set_exception(ConnectionError(data[:80].decode(errors="replace")))
        return end + 4

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == TEXT:
            self._on_text(payload)
        elif kind == PING:
            self._send(PONG, payload)
        elif kind == CLOSE:
            self._transport.close()

    def _send(self, kind: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes([0x80 | size]) if size < 126 else struct.pack("!BH", 0xFE, size)
        self._transport.write(bytes([0x80 | kind]) + head + NO_MASK + payload)


def _head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind, length of the head and of the payload of the frame that begins at `at` (RFC 6455, 5.2).

    The payload's length is beyond the data where the head is not whole yet.
    """
    size = data[at + 1] & 0x7F
    extra = {126: 2, 127: 8}.get(size, 0)
    if extra:
        size = int.from_bytes(data[at + 2 : at + 2 + extra])
        if len(data) - at < 2 + extra:
            size = len(data)
    return data[at] & 0x0F, 2 + extra, size


async def connect(port: int, on_text: OnText, token: str = "") -> WebSocket:
    """Open a socket on the loopback. Raises ConnectionError where it is refused."""
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(lambda: WebSocket(on_text), LOOPBACK, port)
    socket.shake_hands(port, token)
    async with asyncio.timeout(OPEN_WITHIN_S):
        await socket.opened
    return socket
