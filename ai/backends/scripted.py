"""A model that reads from a script, in this process: for tests, benches and work without a model.

Setting `LLM_SCRIPT` holds the script as JSON, for example {"text": "Hi", "silence_s": 65}.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from time import monotonic

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
from ai.backends.script import read_script
from ai.errors import ModelFailedError, ModelUnavailableError
from ai.types import ServerDescription


class Scripted:
    """Says what its script says. `running` counts the answers not yet ended or closed."""

    name = "scripted"

    def __init__(self, server: ServerSettings) -> None:
        self.script = read_script(server.script)
        self.capabilities = Capabilities(parameters=frozenset({"max_tokens"}))
        self.running = 0

    async def describe(self, *, fresh: bool = False) -> ServerDescription:
        """Always ready."""
        return ServerDescription(ready=True, backend=self.name, base_url="", model=self.name)

    async def offered(self) -> tuple[OfferedModel, ...]:
        """The script alone."""
        return (OfferedModel(self.name),)

    async def count_tokens(self, order: Order) -> int | None:
        """None: a script has no tokenizer."""

    async def count_texts(self, texts: Sequence[str]) -> list[int] | None:
        """None: a script has no tokenizer."""

    async def first_words(self, messages: Sequence[ChatMessage]) -> Mapping[str, float] | None:
        """None: a script is sure of its words."""

    async def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The script's tokens at the script's pace."""
        self.running += 1
        try:
            self._refuse_if_told()
            yield SignOfLife()
            await asyncio.sleep(self.script.silence_s)
            async for part in self._spoken(order):
                yield part
        finally:
            self.running -= 1

    def _refuse_if_told(self) -> None:
        if self.script.failure == "busy":
            raise ModelUnavailableError(reason="scripted")
        if self.script.failure == "error":
            raise ModelFailedError(reason="scripted")

    async def _spoken(self, order: Order) -> AsyncGenerator[Part, None]:
        tokens = self.script.tokens(order.stop)
        said = tokens[: order.parameters.max_tokens]
        began = monotonic()
        for number, token in enumerate(said):
            self._break_if_told(number)
            await pace(began, number, self.script.tokens_per_second)
            yield Text(token)
        self._break_if_told(len(said))
        yield Ended(
            reason="length" if len(said) < len(tokens) else "stop",
            prompt_tokens=sum(len(message.content) for message in order.messages),
            completion_tokens=len(said),
        )

    def _break_if_told(self, said: int) -> None:
        if self.script.failure and said == self.script.failure_after:
            raise ModelFailedError(reason="scripted")


async def pace(began: float, number: int, per_second: float) -> None:
    """Waits until token `number` is due in a stream that began at `began` (monotonic seconds)."""
    due = began + number / per_second if per_second else 0.0
    await asyncio.sleep(max(0.0, due - monotonic()))
