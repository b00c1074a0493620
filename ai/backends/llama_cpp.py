"""llama.cpp's own server: prompt cache by slot, progress while it reads, its facts at /props."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from pathlib import PurePath
from typing import Any, ClassVar

import msgspec

from ai.backends.base import Order, Part, ServerSettings
from ai.backends.functions import wire_message, wire_tools
from ai.backends.http_client import ask
from ai.backends.openai_compatible import OpenAICompatible
from ai.backends.questions import Rendered, Tokens, ask_each
from ai.backends.slots import SlotBook
from ai.backends.wire import UNREADABLE
from ai.errors import ModelUnavailableError
from ai.types import ServerDescription

# A stretch of this many tokens that moved to the left, because older turns were dropped, is shifted
# in the cache and not read again (measured: 29 of 336 tokens read after a cut, without it 282).
REUSED_STRETCH_TOKENS = 16


class GenerationSettings(msgspec.Struct):
    """The part of /props that tells the context length of one slot."""

    n_ctx: int = 0


class Props(msgspec.Struct):
    """What /props tells that we use."""

    default_generation_settings: GenerationSettings
    total_slots: int
    model_path: str = ""
    model_alias: str = ""
    build_info: str = ""


class Slot(msgspec.Struct):
    """One entry of /slots."""

    is_processing: bool = False


class LlamaCpp(OpenAICompatible):
    """The common dialect, and what llama.cpp adds to it."""

    name = "llama_cpp"
    parameters: ClassVar[Mapping[str, str]] = {
        **OpenAICompatible.parameters,
        "top_k": "top_k",
        "repetition_penalty": "repeat_penalty",
        "repeat_last_n": "repeat_last_n",
        "mirostat": "mirostat",
        "mirostat_tau": "mirostat_tau",
        "mirostat_eta": "mirostat_eta",
    }
    most_stops = 16
    takes_adapters = True

    def __init__(self, server: ServerSettings) -> None:
        super().__init__(server)
        self.capabilities = replace(self.capabilities, keeps_slots=True)
        self._slots = SlotBook()

    async def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The answer as it is written, in the slot that holds the conversation's beginning."""
        slots = (await self.describe()).slots or 0
        with self._slots.slot_for(order.conversation, slots=slots) as slot:
            extras = {**_extras(slot, afresh=order.afresh), **_adapter(order)}
            async with aclosing(self._stream(order, extras=extras)) as parts:
                async for part in parts:
                    yield part

    async def count_tokens(self, order: Order) -> int | None:
        """The tokens of the prompt, rendered and counted as the server does for an answer."""
        body = {"messages": [wire_message(message) for message in order.messages]}
        rendered = await ask_each(
            self.server, "/apply-template", [body | wire_tools(order)], Rendered
        )
        if rendered is None:
            return None
        counted = await self._count([one.prompt for one in rendered], is_prompt=True)
        return counted[0] if counted else None

    async def count_texts(self, texts: Sequence[str]) -> list[int] | None:
        """The tokens of each text, in which no word is a control word."""
        return await self._count(texts, is_prompt=False)

    async def _count(self, texts: Sequence[str], *, is_prompt: bool) -> list[int] | None:
        marks = {"add_special": is_prompt, "parse_special": is_prompt}
        bodies = [{"content": text, **marks} for text in texts]
        counted = await ask_each(self.server, "/tokenize", bodies, Tokens)
        return None if counted is None else [len(one.tokens) for one in counted]

    async def running(self) -> int:
        """How many slots are at work right now, by the server's own count."""
        body = await ask(self.server, "/slots")
        if body is None:
            raise ModelUnavailableError(reason="the server does not show its slots")
        return sum(slot.is_processing for slot in msgspec.json.decode(body, type=list[Slot]))

    async def _ask_description(self) -> ServerDescription:
        props = await read_props(self.server)
        if props is None:
            raise ModelUnavailableError(reason="the server is loading its model")
        return ServerDescription(
            ready=True,
            backend=self.name,
            base_url=self.server.base_url,
            model=_model_name(props),
            version=props.build_info,
            slots=props.total_slots,
            context_tokens=props.default_generation_settings.n_ctx or None,
        )


def _extras(slot: int, *, afresh: bool) -> dict[str, Any]:
    return {
        "id_slot": slot,
        "cache_prompt": not afresh,
        "n_cache_reuse": 0 if afresh else REUSED_STRETCH_TOKENS,
        # Without it the server sends no byte, not even a status, before the first token.
        "return_progress": True,
    }


def _adapter(order: Order) -> dict[str, Any]:
    """The one adapter to apply; the server knows those it was started with by their numbers."""
    return {"lora": [{"id": int(order.adapter), "scale": 1.0}]} if order.adapter else {}


def _model_name(props: Props) -> str:
    """The alias, or the name of the file: a path is nobody's business."""
    return PurePath(props.model_alias or props.model_path).name.removesuffix(".gguf")


async def read_props(server: ServerSettings) -> Props | None:
    """What llama.cpp tells of itself; None where the server is another kind or still loading.

    Raises ModelUnavailableError where nobody answers.
    """
    body = await ask(server, "/props")
    try:
        return msgspec.json.decode(body, type=Props) if body else None
    except UNREADABLE:
        return None
