"""What the tests ask of a backend, and how they read its parts."""

from typing import Any

from ai.backends.base import Backend, ChatMessage, Ended, Order, Part, Text
from ai.parameters import Parameters

COUNT = "Count from 1 to 500, one number in each line."


def order(question: str, *, adapter: str = "", **values: Any) -> Order:
    """One question outside any conversation; `values` are parameters of the reply, unchecked."""
    parameters = Parameters(**{"max_tokens": 24, **values})
    return Order(
        "room:sage", (ChatMessage("user", question),), parameters, "trace", adapter=adapter
    )


async def answer(backend: Backend, wanted: Order) -> tuple[str, Ended]:
    """The whole text and the end of an answer."""
    *parts, end = [part async for part in backend.generate(wanted)]
    assert isinstance(end, Ended)
    return text_of(parts), end


def text_of(parts: list[Part]) -> str:
    """The text in these parts."""
    return "".join(part.text for part in parts if isinstance(part, Text))
