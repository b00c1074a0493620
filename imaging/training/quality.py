"""How good a generator's pictures are: as near to the data as real ones, no two alike, none copied."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.training.metric import Values, neighbour_distances, sliced_wasserstein

LOOKED_AT = 1000  # pictures whose nearest neighbours are sought
COMPARED = 256  # pictures on each side of the sliced Wasserstein distance

Pictures = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Measures:
    """What pictures come to. Distances to nearest neighbours [n] go from 0 to 1."""

    metric: float  # sliced Wasserstein distance from the data, × 1000
    each_other: Values  # to the nearest of themselves: 0 where two are alike
    data: Values  # to the nearest of the data: 0 where one is copied


@dataclass(frozen=True, slots=True)
class Quality:
    """Drawn pictures and as many real ones, both against the same other pictures of the data."""

    drawn: Measures
    real: Measures

    @property
    def strange(self) -> int:
        """Drawn pictures that lie further from the data than any real one."""
        return int((self.drawn.data > self.real.data.max()).sum())


def compare(drawn: Pictures, data: Pictures) -> Quality:
    """The quality of drawn pictures [n, h, w, 3] beside that of the data, which has their size.

    At least half of the data is what both are measured against.
    """
    count = min(len(drawn), len(data) // 2)
    others = data[count:]
    return Quality(_measures(drawn[:count], others), _measures(data[:count], others))


def _measures(pictures: Pictures, others: Pictures) -> Measures:
    return Measures(
        metric=sliced_wasserstein(others[-COMPARED:], pictures[:COMPARED]),
        each_other=neighbour_distances(pictures),
        data=neighbour_distances(pictures, others),
    )
