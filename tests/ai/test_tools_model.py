"""The real 0.5B model reads what a tool found, and keeps what it has read of the prompt."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from ai.types import Found, ReplyRequest, Turn
from echomind.stack.llm_server import LlmServer
from tests.ai.conversations import answered, asked, request_of
from tests.ai.listening import text_of
from tests.ai.weather import heard, uses_in, weather

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]


async def counted(arguments: Mapping[str, Any]) -> Found:
    """A figure that no model knows by itself."""
    return Found('{"room": "Tea house", "messages": 4711}', 4711)


def with_tool(*turns: Turn) -> ReplyRequest:
    """A request whose assistant has a tool."""
    plain = request_of(*turns, conversation="tools:sage", max_tokens=40, top_k=1)
    return replace(plain, brief=replace(plain.brief, tools=("weather",)), tools=(weather(counted),))


async def test_the_answer_says_what_the_tool_found_and_the_beginning_stays_read(
    llama: LlmServer,
) -> None:
    first = await heard(with_tool(asked("Hello!")))
    turns = (
        asked("Hello!"),
        answered(text_of(first)),
        asked("How many messages about the weather are in the tea house?"),
    )
    events = await heard(with_tool(*turns))
    assert [use.error for use in uses_in(events)] == [""]
    assert "4711" in "".join(filter(str.isdigit, text_of(events)))
    assert "[<" not in text_of(events)
    usage = events[-1].usage  # type: ignore[union-attr]  (the last event is Finished)
    assert usage.cached_tokens >= 0.9 * first[-1].usage.prompt_tokens  # type: ignore[union-attr]
