"""What a benchmark found, as one table for people and one JSON file a benchmark for programs."""

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import msgspec

from bench.pairs import Pairs, is_void

RESULTS = Path(__file__).with_name("results")
T = TypeVar("T")

HEAD = ("#", "measure", "ours", "floor", "figure", "interval", "goal", "")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One quantity. `at_most` is the goal; None where the figure is only told.

    `ours` and `floor` say what a ratio was made of, for people. `control` is the A/A ratio of the
    comparison: outside its bounds the figure says nothing.
    """

    measure: str
    value: float
    unit: str = "×"
    low: float | None = None
    high: float | None = None
    at_most: float | None = None
    ours: str = ""
    floor: str = ""
    control: float | None = None

    @property
    def verdict(self) -> str:
        """Met, missed or void; empty without a goal."""
        if self.control is not None and is_void(self.control):
            return f"void, A/A {self.control:.2f}"
        if self.at_most is None:
            return ""
        return "met" if self.value <= self.at_most else "missed"


class Result(msgspec.Struct, kw_only=True):
    """A benchmark's figures. `faults` counts deliveries lost, doubled or out of order."""

    name: str
    figures: list[Figure]
    faults: int = 0
    details: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost and no comparison is void."""
        void = any(figure.verdict.startswith("void") for figure in self.figures)
        return not (self.faults or void)


def microseconds(seconds: float) -> str:
    """For costs of single deliveries and tokens."""
    return f"{seconds * 1e6:.1f} µs"


def milliseconds(seconds: float) -> str:
    """For costs and delays of whole operations."""
    return f"{seconds * 1e3:.1f} ms"


def ratio(
    measure: str,
    pairs: Pairs[T],
    of: Callable[[T], float],
    *,
    told: Callable[[float], str],
    at_most: float | None = None,
    controlled: bool = True,
) -> Figure:
    """Ours divided by the floor; `told` puts the two medians into words.

    Not `controlled`: for rare values, as the slowest of many, whose noise no control can bound.
    """
    interval = pairs.ratio(of)
    return Figure(
        measure=measure,
        value=interval.median,
        low=interval.low,
        high=interval.high,
        at_most=at_most,
        ours=told(median(map(of, pairs.ours))),
        floor=told(median(map(of, pairs.floor))),
        control=pairs.control(of) if controlled else None,
    )


def delay(
    measure: str, pairs: Pairs[T], of: Callable[[T], float], *, at_most_ms: float | None = None
) -> Figure:
    """How much later ours is than the floor; `of` gives seconds."""
    interval = pairs.difference(of)
    return Figure(
        measure=measure,
        unit="ms",
        value=interval.median * 1e3,
        low=interval.low * 1e3,
        high=interval.high * 1e3,
        at_most=at_most_ms,
        ours=milliseconds(median(map(of, pairs.ours))),
        floor=milliseconds(median(map(of, pairs.floor))),
    )


def save(result: Result, folder: Path = RESULTS) -> None:
    """Write the result with where and when it was measured."""
    folder.mkdir(exist_ok=True)
    record = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "is_sound": result.is_sound,
        **msgspec.to_builtins(result),
    }
    text = msgspec.json.format(msgspec.json.encode(record), indent=1)
    file_of(result.name, folder).write_bytes(text + b"\n")


def file_of(name: str, folder: Path = RESULTS) -> Path:
    """Where the result of a benchmark is kept."""
    return folder / f"{name.lower()}.json"


def table(results: Iterable[Result]) -> str:
    """All figures as a Markdown table, aligned for a terminal."""
    rows = [HEAD, *(row for result in results for row in _rows(result))]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _rows(result: Result) -> Iterable[Sequence[str]]:
    for figure in result.figures:
        bounds = (
            ""
            if figure.low is None or figure.high is None
            else f"{_short(figure.low)}..{_short(figure.high)}"
        )
        goal = "" if figure.at_most is None else f"≤ {figure.at_most:g} {figure.unit}"
        yield (
            result.name,
            figure.measure,
            figure.ours,
            figure.floor,
            f"{_short(figure.value)} {figure.unit}",
            bounds,
            goal,
            f"zero: {result.faults} faults" if result.faults else figure.verdict,
        )


def _short(value: float) -> str:
    return f"{value:.3g}" if abs(value) < 1_000 else f"{value:.0f}"


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
    )
