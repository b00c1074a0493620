"""Whether a cost grows with a size: the slope of the logarithms."""

from collections.abc import Sequence
from math import log
from statistics import linear_regression, median
from typing import Protocol

from bench.pairs import bootstrap
from bench.report import Figure, milliseconds

SLOPE_GOAL = 0.05


class Measured(Protocol):
    """Something of a size, with the costs of one operation in seconds, by turn."""

    @property
    def size(self) -> int: ...

    @property
    def costs(self) -> list[float]: ...


def slope(measure: str, places: Sequence[Measured]) -> Figure:
    """Of log cost over log size: 0 is flat, 1 is proportional."""
    sizes = [log(place.size) for place in places]
    turns = zip(*(place.costs for place in places), strict=True)
    slopes = [linear_regression(sizes, [log(cost) for cost in turn]).slope for turn in turns]
    interval = bootstrap(slopes)
    return Figure(
        measure=measure,
        value=interval.median,
        unit="slope",
        low=interval.low,
        high=interval.high,
        at_most=SLOPE_GOAL,
        ours=" ".join(f"{_cost(place)} at {place.size:,}" for place in (places[0], places[-1])),
    )


def _cost(place: Measured) -> str:
    return milliseconds(median(place.costs))
