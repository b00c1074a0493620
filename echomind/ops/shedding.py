"""Bounds the HTTP requests that one process works on: some wait, the rest are told when to come again.

A request holds a place from the last byte of the question to the first of the answer, so that slow
senders and slow readers take nobody's. Sockets are no requests; their frames have limits of their own.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import ExitStack
from functools import cache
from io import BytesIO
from typing import Any

import msgspec
import structlog
from django.core.handlers.asgi import ASGIRequest
from django.utils import translation

from echomind.common import rest_errors
from echomind.ops.errors import OverloadedError

logger = structlog.get_logger(__name__)

Scope = dict[str, Any]
Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

NOTE_EVERY_S = 10.0
WAITING_PER_PLACE = 4  # a page asks for a dozen files at once; each waits for milliseconds
ALWAYS_ANSWERED = frozenset({"/healthz"})


class Shedding:
    """Stands before the HTTP application, which works on `at_once` requests; some more may wait."""

    def __init__(self, application: Application, at_once: int) -> None:
        self._application = application
        self._places = asyncio.Semaphore(at_once)
        self._waiting, self._may_wait = 0, at_once * WAITING_PER_PLACE
        self._noted_at = -NOTE_EVERY_S

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] in ALWAYS_ANSWERED:
            await self._application(scope, receive, send)
        elif self._waiting < self._may_wait:
            await self._work_on(scope, receive, send)
        else:
            self._note_overload()
            await _refuse(scope, send)

    async def _work_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        with ExitStack() as place:

            async def hear() -> Event:
                event = await receive()
                if event["type"] == "http.request" and not event.get("more_body"):
                    await self._take_place()
                    place.callback(self._places.release)
                return event

            async def tell(event: Event) -> None:
                place.close()
                await send(event)

            await self._application(scope, hear, tell)

    async def _take_place(self) -> None:
        self._waiting += 1
        try:
            await self._places.acquire()
        finally:
            self._waiting -= 1

    def _note_overload(self) -> None:
        """Once in a while: a line for each refusal would cost more than the refusal."""
        if time.monotonic() - self._noted_at > NOTE_EVERY_S:
            self._noted_at = time.monotonic()
            logger.warning("overloaded", waiting=self._waiting)


async def _refuse(scope: Scope, send: Send) -> None:
    """503 in the API's shape, or for people as a sentence."""
    language = translation.get_language_from_request(ASGIRequest(scope, BytesIO()))
    kind, body = _answer(language, scope["path"].startswith(rest_errors.API_PREFIX))
    headers = [
        (b"content-type", kind),
        (b"content-length", str(len(body)).encode()),
        (b"retry-after", str(rest_errors.RETRY_AFTER_S).encode()),
        (b"cache-control", b"no-store"),
    ]
    status = OverloadedError.status
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@cache  # a refusal must cost next to nothing
def _answer(language: str, for_programs: bool) -> tuple[bytes, bytes]:
    """Media type and body."""
    with translation.override(language):
        sentence = str(OverloadedError.sentence)
    if not for_programs:
        return b"text/plain; charset=utf-8", sentence.encode()
    body = rest_errors.body(OverloadedError.code, sentence)
    return b"application/json", msgspec.json.encode(body)
