"""Ollama by its own door, which takes more parameters than its OpenAI dialect; lines of JSON."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

import msgspec

from ai.backends.base import Ended, Order, Part, ServerSettings, SignOfLife, Text
from ai.backends.functions import wire_message
from ai.backends.http_client import ask, open_post
from ai.backends.openai_compatible import OpenAICompatible
from ai.backends.wire import UNREADABLE, finish_reason, lines_in
from ai.errors import ModelCutOffError, ModelFailedError, ModelGarbledError
from ai.types import ServerDescription

# Unless told, Ollama holds so few tokens that the beginning of a prompt is dropped in silence.
CONTEXT_TOKENS = 4096
# Later ones answer "invalid option provided" in their log and go on without it
# (https://github.com/ollama/ollama/pull/10581).
LAST_WITH_MIROSTAT = (0, 6)
_MIROSTAT = frozenset({"mirostat", "mirostat_tau", "mirostat_eta"})


class Version(msgspec.Struct):
    """The answer of /api/version."""

    version: str

    @property
    def has_mirostat(self) -> bool:
        """Whether this version still draws with mirostat."""
        numbers = self.version.split(".")[:2]
        known = len(numbers) == 2 and all(number.isdecimal() for number in numbers)
        return known and tuple(map(int, numbers)) <= LAST_WITH_MIROSTAT


class Said(msgspec.Struct):
    """The message of a line; thoughts come in a field of their own and are not read."""

    content: str = ""


class Line(msgspec.Struct):
    """One line of the answer; the last is `done` and counts."""

    message: Said = msgspec.field(default_factory=Said)
    done: bool = False
    done_reason: str = "stop"
    prompt_eval_count: int = 0
    eval_count: int = 0
    error: str = ""


_decoder = msgspec.json.Decoder(Line)


class Ollama(OpenAICompatible):
    """Lists its models in the common dialect and answers in its own."""

    name = "ollama"
    parameters: ClassVar[Mapping[str, str]] = {
        "temperature": "temperature",
        "top_p": "top_p",
        "top_k": "top_k",
        "max_tokens": "num_predict",
        "repetition_penalty": "repeat_penalty",
        "repeat_last_n": "repeat_last_n",
        "seed": "seed",
        **{name: name for name in _MIROSTAT},
    }
    most_stops = 16

    def __init__(self, server: ServerSettings) -> None:
        super().__init__(server)
        honoured = self.capabilities.parameters
        self._with_mirostat = replace(self.capabilities, calls_functions=False)
        self._without = replace(self._with_mirostat, parameters=honoured - _MIROSTAT)
        self.capabilities = self._without

    async def _ask_description(self) -> ServerDescription:
        told = await super()._ask_description()
        version = await read_version(self.server)
        has_mirostat = version is not None and version.has_mirostat
        self.capabilities = self._with_mirostat if has_mirostat else self._without
        return replace(
            told,
            version=version.version if version else "",
            context_tokens=self.server.context_tokens or CONTEXT_TOKENS,
        )

    async def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The answer as it is written; see `Backend.generate`."""
        body = await self._chat_body(order)
        opened = open_post(self.server, "/api/chat", body, trace_id=order.trace_id)
        async with opened as received:
            yield SignOfLife()
            async for payloads in lines_in(received, payload_of=bytes.strip):
                for payload in payloads:
                    part = _part_in(payload)
                    yield part
                    if isinstance(part, Ended):
                        return
            raise ModelCutOffError(reason="the stream was cut off")

    async def _chat_body(self, order: Order) -> dict[str, Any]:
        model = await self._model_of(order)  # asks the server, which tells its version with it
        options = {
            **self._values(order.parameters),
            "num_ctx": self.server.context_tokens or CONTEXT_TOKENS,
            "stop": list((*order.parameters.stop, *order.stop)[: self.most_stops]),
        }
        messages = [wire_message(message) for message in order.messages]
        return {"model": model, "messages": messages, "stream": True, "options": options}


def _part_in(payload: bytes) -> Part:
    try:
        line = _decoder.decode(payload)
    except UNREADABLE as error:
        raise ModelGarbledError(reason="unreadable line") from error
    if line.error:
        raise ModelFailedError(reason=line.error[:300])
    if line.done:
        return Ended(
            reason=finish_reason(line.done_reason),
            prompt_tokens=line.prompt_eval_count,
            completion_tokens=line.eval_count,
        )
    return Text(line.message.content) if line.message.content else SignOfLife()


async def read_version(server: ServerSettings) -> Version | None:
    """What Ollama tells of itself; None where the server is another kind.

    Raises ModelUnavailableError where nobody answers.
    """
    body = await ask(server, "/api/version")
    try:
        return msgspec.json.decode(body, type=Version) if body else None
    except UNREADABLE:
        return None
