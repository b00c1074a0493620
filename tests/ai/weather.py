"""A tool for tests, an assistant that has it, and what a reply tells of its use."""

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ai.api import stream_reply
from ai.types import Asked, Found, ReplyEvent, ReplyRequest, Route, Tool, ToolsUsed, ToolUse, Turn
from tests.ai.conversations import asked, request_of
from tests.fakes.model_server import ModelServer

SCHEMA = {
    "type": "object",
    "properties": {"city": {"type": "string", "maxLength": 20}},
    "required": ["city"],
    "additionalProperties": False,
}
TAIPEI = {"name": "weather", "arguments": '{"city": "台北"}'}
Run = Callable[[Mapping[str, Any]], Awaitable[Found]]


async def sunny(arguments: Mapping[str, Any]) -> Found:
    """The weather in every city."""
    return Found(json.dumps({"city": arguments["city"], "sky": "sunny"}, ensure_ascii=False), 1)


async def asks_for_weather(turns: Sequence[Turn]) -> Mapping[str, Any] | None:
    """The rule of the tool."""
    return {"city": "台北"} if "weather" in turns[-1].text else None


def weather(run: Run = sunny) -> Tool:
    """A tool that looks at the sky."""
    return Tool("weather", "The weather in a city.", SCHEMA, run, asks_for_weather)


def request_with(
    server: ModelServer,
    tool: Tool,
    *turns: Turn,
    calls: bool = True,
    listed: tuple[str, ...] = ("weather",),
) -> ReplyRequest:
    """A request whose assistant has the tool; `calls`: its model calls functions by itself."""
    plain = request_of(*(turns or (asked("How is the weather?"),)))
    route = Route(base_url=server.base_url, kind="openai_compatible", calls_functions=calls)
    return replace(plain, brief=replace(plain.brief, routes=(route,), tools=listed), tools=(tool,))


async def heard(request: ReplyRequest) -> list[ReplyEvent]:
    """All events of a reply."""
    return [event async for event in stream_reply(request)]


def uses_in(events: list[ReplyEvent]) -> tuple[ToolUse, ...]:
    """What was done with tools in the end; the passport says the same."""
    told = [event.uses for event in events if isinstance(event, ToolsUsed)]
    kept = [event.passport["tools"] for event in events if isinstance(event, Asked)]
    last: tuple[ToolUse, ...] = told[-1] if told else ()
    assert [use["name"] for use in kept[-1]] == [use.name for use in last]
    return last
