"""One tab's way out: a bounded queue, and what the tab has already seen of each room."""

import asyncio
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

MAX_FRAMES = 1_000  # waiting frames of a tab that does not read; then it is closed and resumes
MAX_CHARACTERS = 1_000_000

TRY_AGAIN = 1012  # the code of a server that restarts
NOT_SIGNED_IN, NOT_ALLOWED, TOO_SLOW, TOO_MANY = 4401, 4403, 4408, 4429

ENDED = sys.maxsize  # as `Frame.end`: beyond every piece
NOTHING = (-1, 0)  # as a view's attempt and end: before every piece

Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Credential:
    """What a tab was let in by: the key of a session, or an access token."""

    session_key: str | None = None
    token: str | None = None


@dataclass(slots=True)
class Frame:
    """An event on its way: `text` is the encoded frame. `seq` is 0 unless durable.

    Pieces of a reply's text carry `reply`, `attempt` and `end`, the code points up to their end. A
    `whole` text was read from where it is kept, so pieces of it may still be on their way. A durable
    frame with a `reply` is its end: with ENDED, no later piece of that attempt is passed on.
    """

    text: str
    seq: int = 0
    reply: str = ""
    attempt: int = 0
    end: int = 0
    whole: bool = False


@dataclass(slots=True)
class View:
    """What a tab has seen of one room. While `held` is a list, live frames wait in it."""

    seq: int = 0
    replies: dict[str, tuple[int, int]] = field(default_factory=dict)
    held: list[Frame] | None = None

    def is_new(self, frame: Frame) -> bool:
        """Whether the tab needs this frame; a durable one and a whole text move the view on."""
        if frame.seq:
            if frame.seq <= self.seq:
                return False
            self.seq = frame.seq
            self.note(frame)
        elif (frame.attempt, frame.end) <= self.replies.get(frame.reply, NOTHING):
            return False
        elif frame.whole:
            self.note(frame)
        return True

    def note(self, frame: Frame) -> None:
        """Remember how far the tab has a reply's text, or that it knows the reply's end."""
        if frame.reply:
            self.replies[frame.reply] = (frame.attempt, frame.end)


class Socket:
    """A signed-in tab. `offer` never waits: a task, alive while there is something to send, writes
    as fast as the tab reads.
    """

    __slots__ = (
        "_begun",
        "_characters",
        "_frames",
        "_send",
        "_writing",
        "closing",
        "credential",
        "language",
        "user_id",
        "username",
        "views",
    )

    def __init__(
        self, send: Send, *, user_id: int, username: str, language: str, credential: Credential
    ) -> None:
        self._send = send
        self.user_id, self.username, self.language = user_id, username, language
        self.credential = credential
        self.views: dict[int, View] = {}
        self.closing = 0
        self._frames: deque[str] = deque()
        self._characters = 0
        self._writing: asyncio.Task[None] | None = None
        self._begun = False

    def offer(self, text: str) -> None:
        """Queue a frame; a tab that lets too many wait is closed with 4408."""
        if self.closing:
            return
        self._frames.append(text)
        self._characters += len(text)
        if len(self._frames) > MAX_FRAMES or self._characters > MAX_CHARACTERS:
            self.close(TOO_SLOW)
        else:
            self._write_soon()

    def close(self, code: int) -> None:
        """Close with this code, before any frame that still waits."""
        if not self.closing:
            self.closing = code
            self._frames.clear()
            self._write_soon()

    def stop_writing(self) -> None:
        """The tab is gone: what still waits is for nobody."""
        if self._writing is not None:
            self._writing.cancel()

    def begin(self) -> None:
        """The handshake is done: what was offered meanwhile goes out."""
        self._begun = True
        if self._frames or self.closing:
            self._write_soon()

    def _write_soon(self) -> None:
        if self._begun and self._writing is None:
            self._writing = asyncio.ensure_future(self._write())

    async def _write(self) -> None:
        """Send the queued frames, and the close frame where the socket is being closed."""
        try:
            with suppress(OSError):  # the tab went away while a frame was on its way
                while self._frames and not self.closing:
                    text = self._frames.popleft()
                    self._characters -= len(text)
                    await self._send({"type": "websocket.send", "text": text})
                if self.closing:
                    await self._send({"type": "websocket.close", "code": self.closing})
        finally:
            self._writing = None
