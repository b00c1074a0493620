"""One streamed answer of the scripted model server: its pace, its silence, its ways to break."""

import asyncio
from time import monotonic
from typing import Any

import msgspec

from ai.backends.script import Script
from ai.backends.scripted import pace
from tests.fakes.http import Send, start, write
from tests.fakes.prompt_cache import PromptCache

HALF_A_CHARACTER = 'data: {"choices": [{"delta": {"content": "好'.encode()[:-1]
LAST_BYTES = {"garbage": b"<html>bad gateway</html>\n\n", "cut": b"", "cut_utf8": HALF_A_CHARACTER}


class BrokenOff(Exception):  # noqa: N818  (the script wants it: nothing went wrong)
    """Ends the connection in the middle of an answer."""


async def speak(script: Script, cache: PromptCache, request: dict[str, Any], send: Send) -> None:
    """Stream the answer to one request. Raises BrokenOff where the script says so."""
    prompt, cached = cache.read(request["messages"])
    await start(send, content_type="text/event-stream")
    await _event(send, {"choices": [{"delta": {"role": "assistant", "content": None}}]})
    await asyncio.sleep(script.silence_s)
    tokens = script.tokens(request.get("stop", ()))
    said = tokens[: script.failure_after] if script.failure else tokens
    said = said[: request.get("max_tokens")]
    await _say(said, script, send)
    if script.failure:
        await write(send, LAST_BYTES[script.failure])
        raise BrokenOff
    cache.keep(prompt, "".join(said))
    reason = "length" if len(said) < len(tokens) else "stop"
    await _event(send, {"choices": [{"delta": {}, "finish_reason": reason}]})
    await _event(send, {"choices": [], "usage": _usage(len(prompt), cached, len(said))})
    await write(send, b"data: [DONE]\n\n", more=False)


async def _say(tokens: list[str], script: Script, send: Send) -> None:
    began = monotonic()
    for number, token in enumerate(tokens):
        await pace(began, number, script.tokens_per_second)
        await _event(send, {"choices": [{"delta": {"content": token}}]})


async def _event(send: Send, fields: dict[str, Any]) -> None:
    chunk = {"object": "chat.completion.chunk", "model": "scripted", **fields}
    await write(send, b"data: " + msgspec.json.encode(chunk) + b"\n\n")


def _usage(prompt: int, cached: int, completion: int) -> dict[str, Any]:
    return {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": prompt + completion,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
