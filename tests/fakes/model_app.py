"""The scripted model server as an ASGI application: its doors, its counts, its script."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

import msgspec

from ai.backends.script import Script, read_script
from tests.fakes.http import Receive, Send, answer, departure, whole_body
from tests.fakes.model_speech import speak
from tests.fakes.prompt_cache import PromptCache

REFUSALS = {"busy": (429, "rate limit reached"), "error": (500, "out of memory")}


@dataclass
class Stats:
    """How many answers began, ended by themselves, were given up by the client; and run now."""

    started: int = 0
    finished: int = 0
    aborted: int = 0
    failed: int = 0
    running: int = 0


class ModelApp:
    """GET /v1/models, POST /v1/chat/completions; GET /stats, POST /script for whoever tests."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.stats = Stats()
        self.cache = PromptCache()

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        body = await whole_body(receive)
        match scope["method"], scope["path"]:
            case "POST", "/v1/chat/completions":
                await self._complete(msgspec.json.decode(body), receive, send)
            case "GET", "/v1/models":
                await answer(send, {"object": "list", "data": [{"id": "scripted"}]})
            case "GET", "/stats":
                await answer(send, asdict(self.stats))
            case "POST", "/script":
                await self._learn(body, send)
            case _:
                await answer(send, {"error": {"message": "no such door"}}, status=404)

    async def _learn(self, body: bytes, send: Send) -> None:
        try:
            self.script = read_script(body)
        except msgspec.ValidationError as error:
            await answer(send, {"error": {"message": str(error)}}, status=400)
        else:
            await answer(send, msgspec.to_builtins(self.script))

    async def _complete(self, request: dict[str, Any], receive: Receive, send: Send) -> None:
        self.stats.started += 1
        if refusal := REFUSALS.get(self.script.failure):
            self.stats.failed += 1
            status, message = refusal
            await answer(send, {"error": {"message": message}}, status=status)
            return
        speaking = asyncio.create_task(speak(self.script, self.cache, request, send))
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

    def _count_end(self, speaking: asyncio.Task[None]) -> None:
        failed = speaking.exception() is not None
        self.stats.failed += failed
        self.stats.finished += not failed
        speaking.result()  # raised here, it makes uvicorn cut the connection
