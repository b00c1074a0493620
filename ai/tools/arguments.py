"""Reads the arguments that a model gives a tool: JSON, within limits, as the tool's schema says."""

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from ai.errors import ToolArgumentsError
from ai.types import Tool
from echomind.common.text import is_storable

MOST_CHARACTERS = 4_000
REASON_CHARACTERS = 200


def read_arguments(tool: Tool, written: str) -> Mapping[str, Any]:
    """The checked arguments. Raises ToolArgumentsError; its `reason` is for the model to read."""
    arguments = _parsed(written)
    fault = best_match(Draft202012Validator(tool.schema).iter_errors(arguments))
    if fault is not None:
        raise ToolArgumentsError(reason=fault.message[:REASON_CHARACTERS])
    return arguments


def _parsed(written: str) -> Mapping[str, Any]:
    if len(written) > MOST_CHARACTERS:
        raise ToolArgumentsError(reason=f"longer than {MOST_CHARACTERS} characters")
    if not is_storable(written) or "\\u0000" in written:
        raise ToolArgumentsError(reason="a control character")
    try:
        arguments = json.loads(written or "{}")
    except (ValueError, RecursionError) as error:
        raise ToolArgumentsError(reason="not JSON") from error
    if not isinstance(arguments, dict):
        raise ToolArgumentsError(reason="not an object")
    return arguments
