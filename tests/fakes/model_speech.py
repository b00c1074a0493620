"""One streamed answer of the scripted model server: its pace, its silence, its ways to break."""

import asyncio
from time import monotonic
from typing import Any

from ai.backends.script import Script
from ai.backends.scripted import pace
from ai.tools.exam import QUESTIONS
from tests.fakes.dialects import Voice
from tests.fakes.http import Send, start, write
from tests.fakes.prompt_cache import PromptCache

HALF_A_CHARACTER = 'data: {"choices": [{"delta": {"content": "好'.encode()[:-1]
LAST_BYTES = {"garbage": b"<html>bad gateway</html>\n\n", "cut": b"", "cut_utf8": HALF_A_CHARACTER}


class BrokenOff(Exception):  # noqa: N818  (the script wants it: nothing went wrong)
    """Ends the connection in the middle of an answer."""


async def speak(
    script: Script, cache: PromptCache, request: dict[str, Any], send: Send, voice: Voice
) -> None:
    """Stream the answer to one request. Raises BrokenOff where the script says so."""
    prompt, cached = cache.read(request["messages"])
    stops, most = _limits(request)
    await start(send, content_type=voice.content_type)
    await write(send, voice.begins())
    await asyncio.sleep(script.silence_s)
    if _calls_now(script, request):
        await write(send, voice.asks(script.calls))
        end = voice.ends("tool_calls", prompt=len(prompt), cached=cached, said=len(script.calls))
        await write(send, end, more=False)
        return
    tokens = script.tokens(stops)
    said = tokens[: script.failure_after] if script.failure else tokens
    said = said[:most]
    await _say(said, script, send, voice)
    if script.failure:
        await write(send, LAST_BYTES[script.failure])
        raise BrokenOff
    cache.keep(prompt, "".join(said))
    reason = "length" if len(said) < len(tokens) else "stop"
    end = voice.ends(reason, prompt=len(prompt), cached=cached, said=len(said))
    await write(send, end, more=False)


def verdict(script: Script, asked: str) -> dict[str, Any]:
    """Yes or no as the script says, in the form of a whole answer."""
    if script.affirms is None:
        return {"choices": [{"message": {"role": "assistant", "content": "Yes"}}]}
    affirmed = any(one in asked for one in script.affirms)
    for passage, question, truth in QUESTIONS:  # it knows how to judge, unless it says yes to all
        if passage in asked and question in asked and "" not in script.affirms:
            affirmed = truth
    said, other = ("Yes", " no") if affirmed else ("No", "yes")
    likely = [{"token": said, "logprob": -0.1}, {"token": other, "logprob": -2.4}]
    content = [{"token": said, "logprob": -0.1, "top_logprobs": likely}]
    message = {"role": "assistant", "content": said}
    return {"choices": [{"message": message, "logprobs": {"content": content}}]}


def _calls_now(script: Script, request: dict[str, Any]) -> bool:
    """Whether it calls its tools once more before it speaks, even if it was told not to."""
    rounds = sum("tool_calls" in message for message in request["messages"])
    return bool(script.calls and request.get("tools")) and rounds < script.call_rounds


def _limits(request: dict[str, Any]) -> tuple[list[str], int | None]:
    """Where the answer ends: its stops and its length, in whichever dialect they were asked for."""
    options = request.get("options", {})
    stops = request.get("stop") or options.get("stop") or []
    return stops, request.get("max_tokens") or options.get("num_predict")


async def _say(tokens: list[str], script: Script, send: Send, voice: Voice) -> None:
    began = monotonic()
    for number, token in enumerate(tokens):
        await pace(began, number, script.tokens_per_second)
        await write(send, voice.says(token))
