"""The parameters of a reply: their names, ranges and defaults. No server is known here."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from ai.errors import (
    ParameterOutOfRangeError,
    ParameterTypeError,
    ParameterUnknownError,
    StopEmptyError,
    StopLimitError,
)
from echomind.common.text import is_safe

MAX_STOPS = 8
MAX_STOP_LENGTH = 64
MAX_SEED = 2**31 - 1
LONGEST_NAME = 40  # of an unknown parameter, in what is answered
STOP_SEPARATOR = "|"  # between the strings of the flat form


@dataclass(frozen=True, slots=True)
class Parameters:
    """How an answer is drawn. `top_k` 0 means no limit, `seed` None another one each time.

    `repeat_last_n` is how many tokens back the repetition penalty looks. `mirostat` 0 is off.
    """

    temperature: float = 0.7
    top_p: float = 0.9
    top_k: int = 40
    max_tokens: int = 256
    repetition_penalty: float = 1.1
    repeat_last_n: int = 64
    stop: tuple[str, ...] = ()
    seed: int | None = None
    mirostat: int = 0
    mirostat_tau: float = 5.0
    mirostat_eta: float = 0.1

    def changed(self, values: Mapping[str, Any]) -> "Parameters":
        """These parameters with some values replaced. Raises as `read_values`."""
        return replace(self, **read_values(values))

    def as_json(self) -> dict[str, Any]:
        """Every value under its name, stops as a list."""
        return {**asdict(self), "stop": list(self.stop)}


@dataclass(frozen=True, slots=True)
class Range:
    """The smallest and the largest value, and the step of a control that sets it."""

    lowest: float
    highest: float
    step: float

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return self.step == 1


RANGES: Mapping[str, Range] = {
    "temperature": Range(0.1, 1.5, 0.05),
    "top_p": Range(0.1, 1.0, 0.05),
    "top_k": Range(0, 100, 1),
    "max_tokens": Range(16, 2048, 1),
    "repetition_penalty": Range(0.8, 2.0, 0.05),
    "repeat_last_n": Range(0, 2048, 1),
    "mirostat": Range(0, 2, 1),
    "mirostat_tau": Range(0.0, 10.0, 0.1),
    "mirostat_eta": Range(0.001, 1.0, 0.01),
    "seed": Range(0, MAX_SEED, 1),
}
NAMES = tuple(field.name for field in fields(Parameters))


def read_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values checked, of the types of `Parameters`; stops may be a list or the flat form.

    Raises ParameterUnknownError, ParameterTypeError, ParameterOutOfRangeError, StopEmptyError,
    StopLimitError.
    """
    return {name: _read(name, value) for name, value in values.items()}


def _read(name: str, value: Any) -> Any:
    if name not in NAMES:
        raise ParameterUnknownError(name=name[:LONGEST_NAME])
    if name == "stop":
        return _stops(value)
    if name == "seed" and value is None:
        return None
    return _number(name, value)


def _number(name: str, value: Any) -> float:
    allowed = RANGES[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ParameterTypeError(name=name)
    if not allowed.lowest <= value <= allowed.highest:  # false for NaN as well
        raise ParameterOutOfRangeError(name=name, lowest=allowed.lowest, highest=allowed.highest)
    if not allowed.is_whole:
        return float(value)
    if value != int(value):
        raise ParameterTypeError(name=name)
    return int(value)


def _stops(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.split(STOP_SEPARATOR) if value else []
    if not isinstance(value, list | tuple) or not all(_is_stop(stop) for stop in value):
        raise ParameterTypeError(name="stop")
    stops = tuple(dict.fromkeys(value))
    if "" in stops:
        raise StopEmptyError
    if len(stops) > MAX_STOPS or any(len(stop) > MAX_STOP_LENGTH for stop in stops):
        raise StopLimitError(count=MAX_STOPS, length=MAX_STOP_LENGTH)
    return stops


def _is_stop(value: Any) -> bool:
    return isinstance(value, str) and is_safe(value)
