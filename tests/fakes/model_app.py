"""The scripted model server as an ASGI application: its doors, its counts, its script."""

import asyncio
from collections import deque
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from ai.backends.script import Script, read_script
from tests.fakes.dialects import DOORS, EventVoice, LineVoice, Voice
from tests.fakes.http import Receive, Send, answer, departure, start, whole_body, write
from tests.fakes.model_speech import speak, verdict
from tests.fakes.prompt_cache import PromptCache

REFUSALS = {
    "busy": (429, "rate limit reached"),
    "error": (500, "out of memory"),
    "missing": (404, "the model does not exist"),
}
KEY_REFUSED = (401, "invalid key")
UNREADABLE = {
    "html": ("text/html", b"<!doctype html><title>Welcome</title>"),
    "half": ("application/json", b'{"choices": [{"mess'),
}
KEPT_REQUESTS = 200


@dataclass
class Stats:
    """How many answers began, ended by themselves, were given up by the client; and run now."""

    started: int = 0
    finished: int = 0
    aborted: int = 0
    failed: int = 0
    running: int = 0


class ModelApp:
    """The doors of a model server of one kind, and for whoever tests: GET /stats and /requests,
    POST /script and /offer.
    """

    def __init__(self, script: Script, kind: str = "openai_compatible") -> None:
        self.script = script
        self.kind = kind
        self.stats = Stats()
        self.cache = PromptCache()
        self.requests: deque[dict[str, Any]] = deque(maxlen=KEPT_REQUESTS)
        self.offered: list[dict[str, Any]] = [{"id": "scripted"}]

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        body = await whole_body(receive)
        match scope["method"], scope["path"]:
            case "GET", "/stats":
                await answer(send, asdict(self.stats))
            case "GET", "/requests":
                await answer(send, list(self.requests))
            case "POST", "/script":
                await self._learn(body, send)
            case "POST", "/offer":
                self.offered = msgspec.json.decode(body)
                await answer(send, self.offered)
            case _, path:
                await self._serve(path, body, receive, send)

    async def _serve(self, path: str, body: bytes, receive: Receive, send: Send) -> None:
        """What a model server answers."""
        if self.script.failure == "key":
            await self._refuse(*KEY_REFUSED, send)
        elif path in DOORS[self.kind]:
            await answer(send, DOORS[self.kind][path])
        elif path == "/v1/models":
            await answer(send, {"object": "list", "data": self.offered})
        elif path == "/v1/chat/completions":
            await self._complete(msgspec.json.decode(body), receive, send, EventVoice())
        elif path == "/api/chat" and self.kind == "ollama":
            await self._complete(msgspec.json.decode(body), receive, send, LineVoice())
        else:
            await self._refuse(404, "no such door", send)

    async def _learn(self, body: bytes, send: Send) -> None:
        try:
            self.script = read_script(body)
        except msgspec.ValidationError as error:
            await answer(send, {"error": {"message": str(error)}}, status=400)
        else:
            await answer(send, msgspec.to_builtins(self.script))

    async def _refuse(self, status: int, message: str, send: Send) -> None:
        await answer(send, {"error": {"message": message}}, status=status)

    async def _complete(
        self, request: dict[str, Any], receive: Receive, send: Send, voice: Voice
    ) -> None:
        if "logprobs" in request:
            await self._judge(request, send)
            return
        self.requests.append(request)
        self.stats.started += 1
        if self.script.failure in REFUSALS or self.script.failure in UNREADABLE:
            self.stats.failed += 1
            await self._fail(send)
            return
        speaking = asyncio.create_task(speak(self.script, self.cache, request, send, voice))
        leaving = asyncio.create_task(departure(receive))
        self.stats.running += 1
        await asyncio.wait({speaking, leaving}, return_when=asyncio.FIRST_COMPLETED)
        self.stats.running -= 1
        leaving.cancel()
        if speaking.done():
            self._count_end(speaking)
        else:
            self.stats.aborted += 1
            speaking.cancel()

    async def _judge(self, request: dict[str, Any], send: Send) -> None:
        """An answer of one word, with its odds if the script has any."""
        if self.script.failure in REFUSALS or self.script.failure in UNREADABLE:
            await self._fail(send)
        else:
            await asyncio.sleep(self.script.judging_s)
            await answer(send, verdict(self.script, request["messages"][-1]["content"]))

    async def _fail(self, send: Send) -> None:
        if refusal := REFUSALS.get(self.script.failure):
            await self._refuse(*refusal, send)
            return
        content_type, body = UNREADABLE[self.script.failure]
        await start(send, content_type=content_type)
        await write(send, body, more=False)

    def _count_end(self, speaking: asyncio.Task[None]) -> None:
        failed = speaking.exception() is not None
        self.stats.failed += failed
        self.stats.finished += not failed
        speaking.result()  # raised here, it makes uvicorn cut the connection
