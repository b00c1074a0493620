"""Refuses bodies of requests that are larger than anything the site takes, before they are kept."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from echomind.common import rest_errors
from echomind.common.rest_json import BodyTooLargeError

Scope = dict[str, Any]
Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class BodyLimit:
    """Stands before an HTTP application. `most` counts bytes.

    A length that is announced is judged at once; where none is, the connection ends at the limit.
    """

    def __init__(self, application: Application, most: int) -> None:
        self._application, self._most = application, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if _announced(scope) > self._most:
            await _refuse(send)
            return
        heard = 0

        async def hear() -> Event:
            nonlocal heard
            event = await receive()
            heard += len(event.get("body", b""))
            return {"type": "http.disconnect"} if heard > self._most else event

        await self._application(scope, hear, send)


def _announced(scope: Scope) -> int:
    length = dict(scope["headers"]).get(b"content-length", b"0")
    return int(length) if length.isdigit() else 0


async def _refuse(send: Send) -> None:
    """413 in the API's shape."""
    refusal = BodyTooLargeError
    body = msgspec.json.encode(rest_errors.body(refusal.default_code, str(refusal.default_detail)))
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": refusal.status_code, "headers": headers})
    await send({"type": "http.response.body", "body": body})
