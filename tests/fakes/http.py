"""The little of ASGI that the scripted model server needs."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]


async def whole_body(receive: Receive) -> bytes:
    """The request's body."""
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def departure(receive: Receive) -> None:
    """Returns when the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def start(send: Send, *, content_type: str, status: int = 200) -> None:
    """The status and the headers."""
    headers = [(b"content-type", content_type.encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def write(send: Send, data: bytes, *, more: bool = True) -> None:
    """A part of the body."""
    await send({"type": "http.response.body", "body": data, "more_body": more})


async def answer(send: Send, content: Any, *, status: int = 200) -> None:
    """A whole JSON answer."""
    await start(send, content_type="application/json", status=status)
    await write(send, msgspec.json.encode(content), more=False)
