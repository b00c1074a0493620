"""Which tools a reply has, and what its question asks of them where the model cannot call any."""

import json
from collections.abc import Iterable, Mapping

from ai.backends.base import ToolCall
from ai.tools.small_model import SMALL_MODEL
from ai.types import ReplyRequest, Tool, Turn

MOST_HEARD = 2  # tools that one question uses by rules
OWN: Mapping[str, Tool] = {tool.name: tool for tool in (SMALL_MODEL,)}


def offered_tools(request: ReplyRequest) -> tuple[Tool, ...]:
    """The tools on the assistant's list that there are: ours, and those handed in with the request.

    Always in the order of the list: their descriptions stand at the beginning of the prompt.
    """
    there = {**OWN, **{tool.name: tool for tool in request.tools}}
    return tuple(there[name] for name in dict.fromkeys(request.brief.tools) if name in there)


async def heard_calls(tools: Iterable[Tool], turns: tuple[Turn, ...]) -> list[ToolCall]:
    """What the last turn asks of the tools by their own rules; mostly nothing."""
    heard = [(tool, await tool.hears(turns)) for tool in tools]
    calls = [
        ToolCall(id=tool.name, name=tool.name, arguments=json.dumps(arguments))
        for tool, arguments in heard
        if arguments is not None
    ]
    return calls[:MOST_HEARD]
