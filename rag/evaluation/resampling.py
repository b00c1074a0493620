"""Means and ratios with the intervals that hold 95 % of the means of their resamples.

Bootstrap over questions (Efron 1979): it tells how far the figure hangs on which questions were asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2_000
SEED = 20_240_229  # the interval of given figures is always the same


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the bounds of its interval."""

    value: float
    low: float
    high: float


def mean_of(scores: Sequence[float]) -> Interval:
    """The mean of one measure over questions."""
    values = np.asarray(scores)
    return _interval(float(values.mean()), values[_draws(len(values))].mean(axis=1))


def ratio_of(ours: Sequence[float], floor: Sequence[float]) -> Interval:
    """The mean of ours divided by that of the floor; both asked the same questions in one order."""
    above, below = np.asarray(ours), np.asarray(floor)
    draws = _draws(len(above))
    ratios = above[draws].mean(axis=1) / below[draws].mean(axis=1)
    return _interval(float(above.mean() / below.mean()), ratios)


def _draws(size: int) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).integers(size, size=(RESAMPLES, size))


def _interval(value: float, resampled: NDArray[np.float64]) -> Interval:
    low, high = np.quantile(resampled, (0.025, 0.975))
    return Interval(value, float(low), float(high))
