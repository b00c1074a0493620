"""One answer with the tools that the model calls on its way to it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import replace

from ai.backends.base import (
    Backend,
    Called,
    ChatMessage,
    Ended,
    Order,
    SignOfLife,
    Text,
    ToolCall,
)
from ai.tools.findings import finding
from ai.tools.workbench import MOST_CALLS, Workbench
from ai.types import ToolsUsed

PARAGRAPH = Text("\n\n")  # between what a model said before a call and its answer


async def answered(
    backend: Backend, order: Order, workbench: Workbench
) -> AsyncGenerator[Order | SignOfLife | Text | Ended | ToolsUsed, None]:
    """The parts of the answer; each order comes before the server is asked, and uses of tools
    between two orders. A model that goes on calling when it may not is taken at its words.
    """
    while True:
        yield order
        said = ""
        calls: tuple[ToolCall, ...] = ()
        async with aclosing(backend.generate(order)) as parts:
            async for part in parts:
                if isinstance(part, Called):
                    calls = part.calls[: MOST_CALLS + 1] if order.may_call else ()
                elif not (calls and isinstance(part, Ended)):
                    said += part.text if isinstance(part, Text) else ""
                    yield part
        if not calls:
            return
        if said.strip():
            yield PARAGRAPH
        before = len(workbench.uses)
        async for told in workbench.use(calls):
            yield told
        found = [finding(use, workbench.passages) for use in workbench.uses[before:]]
        order = _continued(order, said, calls, found, is_last=workbench.is_spent)


def _continued(
    order: Order,
    said: str,
    calls: tuple[ToolCall, ...],
    found: Sequence[str],
    *,
    is_last: bool,
) -> Order:
    """The order with the model's calls and what they brought at its end; its beginning stays."""
    asked = ChatMessage("assistant", said, calls=calls)
    results = (
        ChatMessage("tool", result, answers=call.id)
        for call, result in zip(calls, found, strict=True)
    )
    return replace(order, messages=(*order.messages, asked, *results), may_call=not is_last)
