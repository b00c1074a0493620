"""Ours and the floor in turns, and what can be said of their ratio.

Blocks run as ours, floor, floor, ours, and so on (ABBA), so that a machine that grows slower or
faster meanwhile favours neither side.
"""

import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median
from typing import Generic, TypeVar

T = TypeVar("T")
Measure = Callable[[], Awaitable[T]]

RESAMPLES = 2_000
SEED = 20_240_229  # the interval of given figures is always the same
VOID_OUTSIDE = (0.95, 1.05)


@dataclass(frozen=True, slots=True)
class Interval:
    """A median and the bounds that hold 95 % of the medians of its resamples."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Pairs(Generic[T]):
    """The blocks of both sides, in the order in which they ran."""

    ours: Sequence[T]
    floor: Sequence[T]

    def ratio(self, of: Callable[[T], float]) -> Interval:
        """Ours divided by the floor, pair by pair."""
        return bootstrap([of(a) / of(b) for a, b in zip(self.ours, self.floor, strict=True)])

    def difference(self, of: Callable[[T], float]) -> Interval:
        """Ours less the floor, pair by pair."""
        return bootstrap([of(a) - of(b) for a, b in zip(self.ours, self.floor, strict=True)])

    def control(self, of: Callable[[T], float]) -> float:
        """The ratio of neighbouring blocks of one side (A/A): how far noise alone leads.

        Every second one is turned round, so that a steady drift cancels. Needs three pairs.
        """
        floor, ours = self.floor, self.ours
        neighbours = [
            *zip(floor[0::2], floor[1::2], strict=False),
            *zip(ours[1::2], ours[2::2], strict=False),
        ]
        ratios = [of(a) / of(b) for a, b in neighbours]
        return sqrt(median(ratios[0::2]) / median(ratios[1::2]))


def is_void(control: float) -> bool:
    """Whether a run says nothing: even one side beside itself was not equal."""
    low, high = VOID_OUTSIDE
    return not low <= control <= high


async def interleave(
    ours: Measure[T], floor: Measure[T], *, pairs: int, warm_up: bool = True
) -> Pairs[T]:
    """One block of each side that does not count, then `pairs` pairs in ABBA order."""
    if warm_up:
        await ours()
        await floor()
    measured: tuple[list[T], list[T]] = ([], [])
    for pair in range(pairs):
        order = (0, 1) if pair % 2 == 0 else (1, 0)
        for side in order:
            measured[side].append(await (ours, floor)[side]())
    return Pairs(*measured)


def bootstrap(values: Sequence[float]) -> Interval:
    """The median with its percentile bootstrap interval (Efron 1979)."""
    draw = random.Random(SEED)
    medians = sorted(median(draw.choices(values, k=len(values))) for _ in range(RESAMPLES))
    margin = int(0.025 * RESAMPLES)
    return Interval(median(values), medians[margin], medians[-margin - 1])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
