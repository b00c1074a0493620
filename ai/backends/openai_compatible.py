"""Any server that speaks OpenAI's chat completions: vLLM, Ollama, llama.cpp, a hosted one."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from time import monotonic
from typing import Any, ClassVar

import msgspec

from ai.backends.base import (
    Capabilities,
    ChatMessage,
    Ended,
    OfferedModel,
    Order,
    Part,
    ServerSettings,
    SignOfLife,
    Text,
)
from ai.backends.first_words import first_words
from ai.backends.functions import CallReader, wire_message, wire_tools
from ai.backends.http_client import fetch, open_stream
from ai.backends.wire import (
    DONE,
    UNREADABLE,
    TokenUsage,
    finish_reason,
    lines_in,
    read_chunk,
)
from ai.errors import ModelCutOffError, ModelGarbledError, ModelUnavailableError
from ai.parameters import Parameters
from ai.types import FinishReason, ServerDescription

DESCRIPTION_KEPT_S = 60.0
_KNOWN_TO_SDK = frozenset({"temperature", "top_p", "max_tokens", "seed"})  # the rest: extras


class Listed(msgspec.Struct):
    """One entry of `/v1/models`; vLLM tells the context length and an adapter's model with it."""

    id: str
    parent: str | None = None
    max_model_len: int | None = None


class ModelList(msgspec.Struct):
    """The answer of `/v1/models`."""

    data: list[Listed] = []


class OpenAICompatible:
    """Speaks the common dialect. A subclass adds what one kind of server has beyond it."""

    name = "openai_compatible"
    # Our name of a parameter → the server's.
    parameters: ClassVar[Mapping[str, str]] = {
        "temperature": "temperature",
        "top_p": "top_p",
        "max_tokens": "max_tokens",
        "seed": "seed",
    }
    most_stops = 4  # OpenAI's own servers take no more
    takes_adapters = False

    def __init__(self, server: ServerSettings) -> None:
        self.server = server
        self.capabilities = Capabilities(
            parameters=frozenset({*self.parameters, "stop"}),
            most_stops=self.most_stops,
            adapters=self.takes_adapters,
            calls_functions=True,
        )
        self._known: tuple[float, ServerDescription | None] = (0.0, None)

    async def describe(self, *, fresh: bool = False) -> ServerDescription:
        """What runs at the address, kept for a minute unless `fresh`.

        Raises ModelUnavailableError.
        """
        known_at, description = self._known
        if description and not fresh and monotonic() - known_at < DESCRIPTION_KEPT_S:
            return description
        description = await self._ask_description()
        self._known = (monotonic(), description)
        return description

    async def _ask_description(self) -> ServerDescription:
        offered = await self.offered()
        wanted = self.server.model
        chosen = next((model for model in offered if wanted in ("", model.name)), None)
        return ServerDescription(
            ready=bool(offered),
            backend=self.name,
            base_url=self.server.base_url,
            model=chosen.name if chosen else wanted,
            context_tokens=chosen.context_tokens if chosen else None,
        )

    async def offered(self) -> tuple[OfferedModel, ...]:
        """The models it names right now; see `Backend.offered`."""
        body = await fetch(self.server, "/v1/models")
        if body is None:
            raise ModelUnavailableError(reason="the server lists no models")
        try:
            listed = msgspec.json.decode(body, type=ModelList).data
        except UNREADABLE as error:
            raise ModelGarbledError(reason="unreadable list of models") from error
        return tuple(OfferedModel(m.id, m.parent or "", m.max_model_len) for m in listed)

    async def count_tokens(self, order: Order) -> int | None:
        """None: the common dialect has no door for it."""

    async def count_texts(self, texts: Sequence[str]) -> list[int] | None:
        """None: the common dialect has no door for it."""

    async def first_words(self, messages: Sequence[ChatMessage]) -> Mapping[str, float] | None:
        """By the log-probabilities of an answer of one token; see `Backend.first_words`."""
        model = (await self.describe()).model
        return await first_words(self.server, model=model, messages=messages)

    def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The answer as it is written; see `Backend.generate`."""
        return self._stream(order, extras={})

    async def _stream(self, order: Order, extras: dict[str, Any]) -> AsyncGenerator[Part, None]:
        body = await self._request_body(order, extras)
        async with open_stream(self.server, body, trace_id=order.trace_id) as received:
            yield SignOfLife()
            answer = _Answer()
            async for payloads in lines_in(received):
                for payload in payloads:
                    if part := answer.part_in(payload):
                        yield part
            if called := answer.calls.called():
                yield called
            yield answer.ended()

    async def _request_body(self, order: Order, extras: dict[str, Any]) -> dict[str, Any]:
        """The JSON body, as keyword arguments of the SDK."""
        values = self._values(order.parameters)
        known = {name: values.pop(name) for name in _KNOWN_TO_SDK & values.keys()}
        stop = (*order.parameters.stop, *order.stop)[: self.most_stops]
        return {
            "model": await self._model_of(order),
            "messages": [wire_message(message) for message in order.messages],
            "stream_options": {"include_usage": True},
            "extra_body": {**values, **extras},
            **known,
            **({"stop": list(stop)} if stop else {}),
            **wire_tools(order),
        }

    async def _model_of(self, order: Order) -> str:
        """What to ask for by name. Servers that know adapters by name override this."""
        return (await self.describe()).model

    def _values(self, parameters: Parameters) -> dict[str, Any]:
        """What this server honours, under its own names; an unset seed is left out."""
        values = {
            wire: getattr(parameters, name)
            for name, wire in self.parameters.items()
            if name in self.capabilities.parameters
        }
        return {name: value for name, value in values.items() if value is not None}


class _Answer:
    """What one stream has told so far, read line by line."""

    def __init__(self) -> None:
        self._reason: FinishReason | None = None
        self._usage = TokenUsage()
        self.calls = CallReader()

    def part_in(self, payload: bytes) -> Part | None:
        """What one `data:` line brings: text, a sign of life, or nothing for the reader."""
        if payload == DONE:
            return None
        chunk = read_chunk(payload)
        self._usage = chunk.usage or self._usage
        if not chunk.choices:
            return None
        choice = chunk.choices[0]
        self.calls.read(choice.delta.tool_calls or ())
        if choice.finish_reason:
            self._reason = finish_reason(choice.finish_reason)
        return Text(choice.delta.content) if choice.delta.content else SignOfLife()

    def ended(self) -> Ended:
        """The last part. Raises ModelCutOffError where the stream stopped without an end."""
        if self._reason is None:
            raise ModelCutOffError(reason="the stream was cut off")
        return Ended(
            reason=self._reason,
            prompt_tokens=self._usage.prompt_tokens,
            cached_tokens=self._usage.cached_tokens,
            completion_tokens=self._usage.completion_tokens,
        )
