"""One streamed reply as a reader of the site sees it, and the same answer read at the model itself."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import httpx
import msgspec

from bench.load.sending import Sender, join
from bench.population import People, make_room
from bench.processor import cpu_seconds
from chat.models import Room

REPLY_WITHIN_S = 120.0
QUESTION = "What is in the pot?"
MakeRoom = Callable[[People], Awaitable[Room]]


@dataclass(frozen=True, slots=True)
class Stream:
    """One answer. Seconds since the question left; `cpu_s` of the site's processes."""

    first_s: float
    total_s: float
    text: str
    tokens: int
    faults: int = 0
    cpu_s: float = 0.0

    @property
    def cpu_per_token(self) -> float:
        """Seconds of processor time."""
        return self.cpu_s / self.tokens

    @property
    def between_tokens_s(self) -> float:
        """Seconds from a token to the next one."""
        return (self.total_s - self.first_s) / max(1, self.tokens - 1)


class Reply:
    """What one reader hears of one reply."""

    def __init__(self) -> None:
        self.first_at = 0.0
        self.text = ""
        self.faults = 0
        self.over: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()

    def on_text(self, frame: bytes) -> None:
        """Put the text together; a piece that does not follow the last is a fault."""
        if not frame.startswith(b'{"type":"reply.'):
            return
        event = msgspec.json.decode(frame)
        match event["type"]:
            case "reply.delta":
                self.first_at = self.first_at or perf_counter()
                self.faults += event["offset"] != len(self.text)
                self.text += event["text"]
            case "reply.snapshot":
                self.text = event["text"]
            case "reply.finished" | "reply.failed":
                self.over.set_result(event)


class SiteReader:
    """Somebody who asks the assistant; hears the answer in rooms made by `make`."""

    def __init__(
        self, people: People, sender: Sender, pids: list[int], make: MakeRoom = make_room
    ) -> None:
        self._people, self._sender, self._pids, self._make = people, sender, pids, make
        self._reply = Reply()

    @classmethod
    async def at(
        cls, port: int, people: People, pids: list[int], make: MakeRoom = make_room
    ) -> "SiteReader":
        """A reader with an open socket; `pids` are the site's processes."""
        reader: SiteReader
        sender = await join(
            port, people.room.slug, people.tokens[0], lambda frame: reader.hear(frame)
        )
        reader = cls(people, sender, pids, make)
        return reader

    def hear(self, frame: bytes) -> None:
        """Pass a frame to the reply that is being waited for."""
        self._reply.on_text(frame)

    async def new_room(self) -> None:
        """Leave the conversation and begin another one."""
        room = await self._make(self._people)
        self._sender.room = room.slug
        await self._sender.command(type="room.open", room=room.slug)

    async def ask(self, question: str = QUESTION) -> tuple[Stream, dict[str, Any]]:
        """Ask in the present room; the reply and the event that ended it."""
        reply = self._reply = Reply()
        cpu, began = cpu_seconds(self._pids), perf_counter()
        to = {"kind": "assistant", "username": self._people.assistant}
        asked = self._sender.say(question, to=to)
        async with asyncio.timeout(REPLY_WITHIN_S):
            event = await reply.over
        total_s = perf_counter() - began
        await asked
        message = event["message"]
        usage = message["reply"]["passport"] if event["type"] == "reply.finished" else {}
        stream = Stream(
            first_s=reply.first_at - began,
            total_s=total_s,
            text=reply.text,
            tokens=usage.get("completion_tokens", 0) or 1,
            faults=reply.faults + (not usage or message["text"] != reply.text),
            cpu_s=cpu_seconds(self._pids) - cpu,
        )
        return stream, event


class DirectReader:
    """The floor: a client that reads the model server's own stream."""

    def __init__(self, base_url: str, api_key: str = "none") -> None:
        headers = {"Authorization": f"Bearer {api_key}"}
        self._client = httpx.AsyncClient(headers=headers, timeout=REPLY_WITHIN_S)
        self._url = f"{base_url}/chat/completions"

    async def ask(self, body: dict[str, Any]) -> Stream:
        """Post a chat completion and read it to its end."""
        began, first_at, pieces = perf_counter(), 0.0, list[str]()
        body = {"stream": True, **body}
        async with self._client.stream("POST", self._url, json=body) as answer:
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                piece = _piece(line)
                if piece:
                    first_at = first_at or perf_counter()
                    pieces.append(piece)
        total_s = perf_counter() - began
        return Stream(first_at - began, total_s, "".join(pieces), tokens=len(pieces))


def _piece(line: str) -> str:
    """The text in one line of the stream, if any."""
    if not line.startswith("data: {"):
        return ""
    choices = msgspec.json.decode(line[len("data: ") :])["choices"]
    return (choices[0]["delta"].get("content") or "") if choices else ""
