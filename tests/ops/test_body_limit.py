"""Bodies that are too large for anything are refused before they are read."""

from collections.abc import Iterator
from typing import Any

from echomind.ops.body_limit import BodyLimit


class Listener:
    """An application that reads a body, and answers with its length."""

    def __init__(self) -> None:
        self.heard = 0
        self.went = False

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while not self.went:
            event = await receive()
            self.went = event["type"] == "http.disconnect"
            self.heard += len(event.get("body", b""))
            if not event.get("more_body"):
                return


async def send_body(pieces: list[bytes], length: bytes | None) -> tuple[Listener, list[Any]]:
    """What became of a request with these pieces."""
    listener, told = Listener(), []
    left: Iterator[bytes] = iter(pieces)

    async def receive() -> Any:
        return {"type": "http.request", "body": next(left), "more_body": True}

    async def send(event: Any) -> None:
        told.append(event)

    headers = [(b"content-length", length)] if length else []
    await BodyLimit(listener, most=100)({"headers": headers}, receive, send)
    return listener, told


async def test_an_announced_length_is_refused_unread() -> None:
    listener, told = await send_body([], b"1000000000")
    assert (listener.heard, told[0]["status"]) == (0, 413)
    assert b'"body_too_large"' in told[1]["body"]


async def test_an_unannounced_one_ends_at_the_limit() -> None:
    listener, _ = await send_body([b"x" * 60] * 5, None)
    assert (listener.heard, listener.went) == (60, True)
