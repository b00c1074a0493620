"""Tries a model out: one short question, and how fast the answer came."""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from time import monotonic

from ai.backends.base import ChatMessage, Order, Text
from ai.backends.registry import backend_for
from ai.errors import ModelSilentError
from ai.models import Model
from ai.parameters import Parameters
from ai.routing import route_to
from ai.types import Route

QUESTION = "Say hello in one short sentence."
ANSWER_TOKENS = 24
PATIENCE_S = 30.0  # a page waits for it


@dataclass(frozen=True, slots=True)
class Trial:
    """What a model answered, and when its first and its last word came, in seconds."""

    text: str
    first_s: float
    total_s: float


def try_out(model: Model) -> Trial:
    """One short answer of this model (selected with its server). Outside an event loop.

    Raises ModelUnavailableError, ModelFailedError, ModelSilentError.
    """
    return asyncio.run(_ask(route_to(model)))


async def _ask(route: Route) -> Trial:
    order = Order(
        conversation="trial",
        messages=(ChatMessage("user", QUESTION),),
        parameters=Parameters(max_tokens=ANSWER_TOKENS),
        trace_id="trial",
        adapter=route.adapter,
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await _heard(route, order)
    except TimeoutError as error:
        raise ModelSilentError(after_s=PATIENCE_S) from error


async def _heard(route: Route, order: Order) -> Trial:
    began, first_s, text = monotonic(), 0.0, ""
    backend = await backend_for(route)
    async with aclosing(backend.generate(order)) as parts:
        async for part in parts:
            if isinstance(part, Text):
                first_s = first_s or monotonic() - began
                text += part.text
    return Trial(text.strip(), round(first_s, 2), round(monotonic() - began, 2))
