"""One WebSocket of one person: commands with their acknowledgements, and the events that arrive."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

from tests.flows.client.room_view import RoomView
from tests.flows.client.shapes import ACKS, Json, checked, checked_frame

ANSWER_WITHIN_S = 15.0
OWN = "own-"  # how the ids of our commands begin


class RejectedError(Exception):
    """The site answered a command with `command.rejected`."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class SocketClosedError(Exception):
    """The socket ended with this close code; the frames before it stay readable."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


async def dial(
    base_url: str,
    access: str | None = None,
    *,
    origin: str | None = "",
    cookie: str | None = None,
) -> ClientConnection:
    """Open `/ws/`. `origin` is the site's own unless given; None sends no Origin header."""
    offered = ["echomind.v1"] + ([f"bearer.{access}"] if access is not None else [])
    return await connect(
        base_url.replace("http", "ws", 1) + "/ws/",
        subprotocols=[Subprotocol(name) for name in offered],
        origin=None if origin is None else Origin(origin or base_url),
        additional_headers={"Cookie": cookie} if cookie else None,
        compression=None,
        ping_interval=None,  # the site asks whether we live; we trust TCP and our own time limits
        max_size=None,
        proxy=None,
    )


class Socket:
    """A connected socket. `views` are fed with every frame of their room, in order."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.frames: list[Json] = []
        self.views: dict[str, RoomView] = {}
        self.ended: BaseException | None = None
        self._taken: set[int] = set()
        self._ids = itertools.count(1)
        self._waiting: dict[str, tuple[str, asyncio.Future[Json]]] = {}
        self._news = asyncio.Condition()
        self._reader = asyncio.create_task(self._read())

    @classmethod
    async def connect(cls, base_url: str, access: str | None = None, **options: Any) -> Socket:
        """Open a socket; `options` are those of `dial`."""
        return cls(await dial(base_url, access, **options))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def command(self, kind: str, **fields: Any) -> Json:
        """Send a command and return its acknowledgement.

        Raises RejectedError, or SocketClosedError when no answer can come any more.
        """
        answer = await self.start(kind, **fields)
        async with asyncio.timeout(ANSWER_WITHIN_S):
            return await answer

    async def start(self, kind: str, **fields: Any) -> asyncio.Future[Json]:
        """Send a command without waiting; the future holds its acknowledgement."""
        own_id = f"{OWN}{next(self._ids)}"
        answer: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._waiting[own_id] = (kind, answer)
        await self.send_text(json.dumps({"id": own_id, "type": kind, **fields}))
        return answer

    async def send_text(self, text: str) -> None:
        """Put one raw frame on the wire."""
        try:
            await self.connection.send(text)
        except ConnectionClosed as closed:
            raise SocketClosedError(_close_code(closed)) from closed

    async def open_room(self, slug: str, after_seq: int | None = None) -> RoomView:
        """Open a room and follow it; without `after_seq` the view begins at the present."""
        view = self.views[slug] = RoomView(slug)
        fields = {} if after_seq is None else {"after_seq": after_seq}
        ack = await self.command("room.open", room=slug, **fields)
        assert ack["room"] == slug
        return view

    async def expect(
        self,
        kind: str,
        where: Callable[[Json], bool] = lambda frame: True,
        within: float = ANSWER_WITHIN_S,
        **fields: Any,
    ) -> Json:
        """The first frame like this not yet expected, waiting for it if need be.

        Raises TimeoutError, or SocketClosedError when the socket ends first.
        """

        def fits(frame: Json) -> bool:
            wanted = {"type": kind, **fields}
            return all(frame.get(key) == value for key, value in wanted.items()) and where(frame)

        async with asyncio.timeout(within), self._news:
            while True:
                for number, frame in enumerate(self.frames):
                    if number not in self._taken and fits(frame):
                        self._taken.add(number)
                        return frame
                if self.ended:
                    raise self.ended
                await self._news.wait()

    def seen(self, kind: str, **fields: Any) -> list[Json]:
        """Every frame like this that has arrived so far."""
        wanted = {"type": kind, **fields}
        return [
            frame
            for frame in self.frames
            if all(frame.get(key) == value for key, value in wanted.items())
        ]

    async def until(
        self, condition: Callable[[], bool], within: float | None = ANSWER_WITHIN_S
    ) -> None:
        """Wait until a condition on the views holds. Raises TimeoutError or SocketClosedError."""
        async with asyncio.timeout(within), self._news:
            while not condition():
                if self.ended:
                    raise self.ended
                await self._news.wait()

    async def close_code(self, within: float = ANSWER_WITHIN_S) -> int:
        """Wait for the end of the socket and return its close code."""
        async with asyncio.timeout(within):
            await asyncio.shield(self._reader)
        if isinstance(self.ended, SocketClosedError):
            return self.ended.code
        raise self.ended or AssertionError("the reader ended without a reason")

    async def close(self) -> None:
        """Say goodbye; raises what was wrong with a frame, if anything was."""
        await self.connection.close()
        await self._reader
        if not isinstance(self.ended, SocketClosedError):
            raise self.ended or AssertionError("the reader ended without a reason")

    def abort(self) -> None:
        """Drop the connection without a word, as a lost network does."""
        self.connection.transport.abort()

    async def _read(self) -> None:
        try:
            async for text in self.connection:
                await self._take(checked_frame(text))
            self.ended = SocketClosedError(self.connection.close_code or 1006)
        except ConnectionClosed as closed:
            self.ended = SocketClosedError(_close_code(closed))
        except AssertionError as wrong:
            self.ended = wrong
        async with self._news:
            for _, answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(self.ended)
                    answer.exception()
            self._news.notify_all()

    async def _take(self, frame: Json) -> None:
        async with self._news:
            self.frames.append(frame)
            if frame["type"] in ("ack", "command.rejected"):
                self._answer(frame)
            elif view := self.views.get(frame["room"]):
                view.apply(frame)
            self._news.notify_all()

    def _answer(self, frame: Json) -> None:
        if not str(frame["id"]).startswith(OWN):  # the answer to a raw frame
            return
        assert frame["id"] in self._waiting, f"answered twice, or never asked: {frame}"
        kind, answer = self._waiting.pop(frame["id"])
        if answer.done():  # who asked has given up waiting
            return
        if frame["type"] == "command.rejected":
            answer.set_exception(RejectedError(frame["code"], frame["message"]))
            return
        if kind in ACKS:
            checked(frame, ACKS[kind])
        if kind in ("room.open", "room.resume") and (view := self.views.get(frame["room"])):
            view.begin(frame)
        answer.set_result(frame)


def _close_code(closed: ConnectionClosed) -> int:
    return closed.rcvd.code if closed.rcvd else 1006
