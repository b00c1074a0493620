"""Presets as JSON: in full, and in the flat form that other programs keep them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ai.errors import (
    ParameterUnknownError,
    PresetFileBrokenError,
    PresetFileTooLargeError,
    PresetNameError,
    StopNotFlatError,
)
from ai.parameters import STOP_SEPARATOR, Parameters, read_values
from ai.types import PresetSummary

LONGEST_FILE = 64 * 1024  # bytes; fifty times the longest preset
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # some editors begin a file with it
ANY_SEED = -1  # the flat form has no null
FLAT_ORDER = (
    "temperature",
    "repetition_penalty",
    "max_tokens",
    "top_p",
    "top_k",
    "stop",
    "repeat_last_n",
    "seed",
    "mirostat",
    "mirostat_tau",
    "mirostat_eta",
)


@dataclass(frozen=True, slots=True)
class PresetFile:
    """What a file holds; `name` is empty where it has none."""

    name: str
    values: Mapping[str, Any]


def read_file(body: bytes) -> PresetFile:
    """The preset in a file. Raises PresetFileTooLargeError and as `read_preset`."""
    if len(body) > LONGEST_FILE:
        raise PresetFileTooLargeError(limit=LONGEST_FILE)
    try:
        return read_preset(msgspec.json.decode(body.removeprefix(BYTE_ORDER_MARK)))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise PresetFileBrokenError from error


def read_preset(data: object) -> PresetFile:
    """A decoded preset, `{"name", "parameters": {…}}` or the flat form, with checked values.

    Raises PresetFileBrokenError, PresetNameError and the parameter errors.
    """
    if not isinstance(data, dict):
        raise PresetFileBrokenError
    rest = dict(data)
    name = rest.pop("name", "")
    if not isinstance(name, str):
        raise PresetNameError
    values = _full_values(rest) if "parameters" in rest else _flat_values(rest)
    if not values:
        raise PresetFileBrokenError
    return PresetFile(name, read_values(values))


def full_form(preset: PresetSummary) -> dict[str, Any]:
    """Name and every parameter."""
    return {"name": preset.name, "parameters": preset.parameters.as_json()}


def flat_form(parameters: Parameters) -> dict[str, Any]:
    """Every parameter on one level, stops in one string. Raises StopNotFlatError."""
    if any(STOP_SEPARATOR in stop for stop in parameters.stop):
        raise StopNotFlatError
    values = parameters.as_json()
    values["stop"] = STOP_SEPARATOR.join(parameters.stop)
    values["seed"] = ANY_SEED if parameters.seed is None else parameters.seed
    return {name: values[name] for name in FLAT_ORDER}


def _full_values(rest: dict[str, Any]) -> dict[str, Any]:
    values = rest.pop("parameters")
    if not isinstance(values, dict):
        raise PresetFileBrokenError
    if rest:
        raise ParameterUnknownError(name=next(iter(rest)))
    return values


def _flat_values(values: dict[str, Any]) -> dict[str, Any]:
    is_any = values.get("seed") == ANY_SEED
    return values | {"seed": None} if is_any else values
