"""Whether scores tell questions that a corpus answers from those that it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Separation:
    """What one threshold does to the best score of each question.

    `auc` needs no threshold: the chance that an answered question scores above an unanswered one.
    `kept` and `declined` are the shares that fall on the right side of `threshold`.
    """

    auc: float
    threshold: float
    kept: float
    declined: float


def separation(answered: Sequence[float], unanswered: Sequence[float]) -> Separation:
    """The threshold with the largest sum of both shares (Youden 1950), the lowest of equals."""
    above, below = np.asarray(answered), np.asarray(unanswered)
    thresholds = np.unique(np.concatenate([above, below]))
    kept = (above[:, None] >= thresholds).mean(axis=0)
    declined = (below[:, None] < thresholds).mean(axis=0)
    best = int(np.argmax(kept + declined))
    wins = (above[:, None] > below).mean() + (above[:, None] == below).mean() / 2
    return Separation(
        float(wins), float(thresholds[best]), float(kept[best]), float(declined[best])
    )
