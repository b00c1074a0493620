"""Function calling in OpenAI's dialect: tools and calls as JSON, and calls read from a stream."""

from collections.abc import Iterable
from typing import Any

from ai.backends.base import Called, ChatMessage, Order, ToolCall
from ai.backends.wire import CallDelta
from ai.errors import ModelFailedError
from ai.types import Tool
from echomind.common.text import is_safe

MOST_CALLS = 16  # in one answer; a model that asks for more has lost its way
MOST_CHARACTERS = 16_000  # of all their arguments
LONGEST_NAME = 128  # characters of a function's name, or of a call's id


def wire_tools(order: Order) -> dict[str, Any]:
    """The fields of a request that offer its tools, if it has any."""
    if not order.tools:
        return {}
    choice = "auto" if order.may_call else "none"
    return {"tools": [_wire_tool(tool) for tool in order.tools], "tool_choice": choice}


def wire_message(message: ChatMessage) -> dict[str, Any]:
    """A message of the conversation, with its calls or as the answer to one."""
    fields: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.calls:
        fields["tool_calls"] = [_wire_call(call) for call in message.calls]
    if message.answers:
        fields["tool_call_id"] = message.answers
    return fields


class CallReader:
    """Joins the pieces of the calls in one stream."""

    def __init__(self) -> None:
        self._calls: dict[int, ToolCall] = {}

    def read(self, deltas: Iterable[CallDelta]) -> None:
        """Take the next pieces. Raises ModelFailedError where they do not end."""
        for delta in deltas:
            known = self._calls.get(delta.index, ToolCall(f"call_{delta.index}", "", ""))
            self._calls[delta.index] = ToolCall(
                id=delta.id or known.id,
                name=delta.function.name or known.name,
                arguments=known.arguments + (delta.function.arguments or ""),
            )
        written = sum(len(call.arguments) for call in self._calls.values())
        if len(self._calls) > MOST_CALLS or written > MOST_CHARACTERS:
            raise ModelFailedError(reason="endless calls")

    def called(self) -> Called | None:
        """The whole calls in their order; None where the model made none."""
        calls = tuple(_storable(call) for _, call in sorted(self._calls.items()))
        return Called(calls) if calls else None


def _storable(call: ToolCall) -> ToolCall:
    """As it can be kept and shown: names are made up by the model, or by a hostile server."""
    return ToolCall(_name(call.id), _name(call.name), call.arguments.replace("\0", ""))


def _name(text: str) -> str:
    return "".join(character for character in text if is_safe(character))[:LONGEST_NAME]


def _wire_tool(tool: Tool) -> dict[str, Any]:
    return {
        "type": "function",
        "function": {
            "name": tool.name,
            "description": tool.description,
            "parameters": tool.schema,
        },
    }


def _wire_call(call: ToolCall) -> dict[str, Any]:
    return {
        "id": call.id,
        "type": "function",
        "function": {"name": call.name, "arguments": call.arguments},
    }
