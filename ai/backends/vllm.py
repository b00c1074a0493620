"""vLLM's server: more parameters than the common dialect has, adapters by the name of a model."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import msgspec

from ai.backends.base import Order, Part, ServerSettings
from ai.backends.functions import wire_message, wire_tools
from ai.backends.http_client import ask
from ai.backends.openai_compatible import OpenAICompatible
from ai.backends.questions import Count, ask_each
from ai.backends.wire import UNREADABLE
from ai.types import ServerDescription

# Otherwise the template closes the beginning of an answer and opens another one.
GOES_ON: Mapping[str, Any] = {"add_generation_prompt": False, "continue_final_message": True}


class Version(msgspec.Struct):
    """The answer of /version."""

    version: str


class Vllm(OpenAICompatible):
    """The common dialect, and what vLLM adds to it. It has no mirostat."""

    name = "vllm"
    parameters: ClassVar[Mapping[str, str]] = {
        **OpenAICompatible.parameters,
        "top_k": "top_k",
        "repetition_penalty": "repetition_penalty",
    }
    most_stops = 16
    takes_adapters = True

    def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The answer as it is written; see `Backend.generate`."""
        return self._stream(order, extras=dict(GOES_ON) if order.goes_on else {})

    async def _ask_description(self) -> ServerDescription:
        told = await super()._ask_description()
        version = await read_version(self.server)
        return replace(told, version=version.version if version else "")

    async def count_tokens(self, order: Order) -> int | None:
        """The tokens of the prompt, rendered and counted as the server does for an answer."""
        messages = [wire_message(message) for message in order.messages]
        tools = {name: value for name, value in wire_tools(order).items() if name == "tools"}
        body = {"model": await self._model_of(order), "messages": messages, **tools}
        counted = await ask_each(self.server, "/tokenize", [body], Count)
        return counted[0].count if counted else None

    async def count_texts(self, texts: Sequence[str]) -> list[int] | None:
        """The tokens of each text by itself."""
        model = (await self.describe()).model
        bodies = [{"model": model, "prompt": text, "add_special_tokens": False} for text in texts]
        counted = await ask_each(self.server, "/tokenize", bodies, Count)
        return None if counted is None else [one.count for one in counted]

    async def _model_of(self, order: Order) -> str:
        return order.adapter or await super()._model_of(order)


async def read_version(server: ServerSettings) -> Version | None:
    """What vLLM tells of itself; None where the server is another kind.

    Raises ModelUnavailableError where nobody answers.
    """
    body = await ask(server, "/version")
    try:
        return msgspec.json.decode(body, type=Version) if body else None
    except UNREADABLE:
        return None
