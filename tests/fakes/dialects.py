"""The dialects that the scripted model server speaks: doors of its own, and the form of an answer."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from ai.backends.script import ScriptedCall

# What each kind of server tells of itself, by the door where it does.
DOORS: Mapping[str, Mapping[str, Any]] = {
    "openai_compatible": {},
    "llama_cpp": {
        "/props": {
            "default_generation_settings": {"n_ctx": 4096},
            "total_slots": 2,
            "model_alias": "scripted",
            "build_info": "b1",
        }
    },
    "vllm": {"/version": {"version": "0.32.0"}},
    "ollama": {"/api/version": {"version": "0.6.8"}},
}


class Voice(Protocol):
    """The bytes of one answer."""

    content_type: str

    def begins(self) -> bytes: ...

    def says(self, token: str) -> bytes: ...

    def asks(self, calls: Sequence[ScriptedCall]) -> bytes: ...

    def ends(self, reason: str, *, prompt: int, cached: int, said: int) -> bytes: ...


class EventVoice:
    """Server-sent events, as OpenAI sends them."""

    content_type = "text/event-stream"

    def begins(self) -> bytes:
        """The role, before any text."""
        return _event({"choices": [{"delta": {"role": "assistant", "content": None}}]})

    def says(self, token: str) -> bytes:
        """One token."""
        return _event({"choices": [{"delta": {"content": token}}]})

    def asks(self, calls: Sequence[ScriptedCall]) -> bytes:
        """Calls of tools, each in two pieces."""
        return b"".join(_call(number, call) for number, call in enumerate(calls))

    def ends(self, reason: str, *, prompt: int, cached: int, said: int) -> bytes:
        """The reason and the count."""
        usage = {
            "prompt_tokens": prompt,
            "completion_tokens": said,
            "total_tokens": prompt + said,
            "prompt_tokens_details": {"cached_tokens": cached},
        }
        end = _event({"choices": [{"delta": {}, "finish_reason": reason}]})
        return end + _event({"choices": [], "usage": usage}) + b"data: [DONE]\n\n"


class LineVoice:
    """Lines of JSON, as Ollama sends them."""

    content_type = "application/x-ndjson"

    def begins(self) -> bytes:
        """Nothing: Ollama sends no line before the first token."""
        return b""

    def says(self, token: str) -> bytes:
        """One token."""
        return _line({"message": {"role": "assistant", "content": token}, "done": False})

    def asks(self, calls: Sequence[ScriptedCall]) -> bytes:
        """Nothing: the site passes no tools on to Ollama."""
        return b""

    def ends(self, reason: str, *, prompt: int, cached: int, said: int) -> bytes:
        """The last line, which counts; what came from the cache it does not tell."""
        counts = {"prompt_eval_count": prompt, "eval_count": said}
        return _line({"message": {}, "done": True, "done_reason": reason, **counts})


def _call(number: int, call: ScriptedCall) -> bytes:
    half = len(call.arguments) // 2
    begin = {"name": call.name, "arguments": call.arguments[:half]}
    pieces = (
        {"index": number, "id": f"call-{number}", "type": "function", "function": begin},
        {"index": number, "function": {"arguments": call.arguments[half:]}},
    )
    return b"".join(_event({"choices": [{"delta": {"tool_calls": [p]}}]}) for p in pieces)


def _event(fields: dict[str, Any]) -> bytes:
    chunk = {"object": "chat.completion.chunk", "model": "scripted", **fields}
    return b"data: " + msgspec.json.encode(chunk) + b"\n\n"


def _line(fields: dict[str, Any]) -> bytes:
    return msgspec.json.encode({"model": "scripted", **fields}) + b"\n"
