"""BM25 (Robertson & Zaragoza 2009), and from it how much of a query's words a text covers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

SATURATION, LENGTH_SHARE = 1.2, 0.75  # k1 and b, as everywhere


def idf(chunks: int, frequency: int) -> float:
    """The weight of a word that `frequency` of so many chunks have; above 0 for any."""
    return log(1 + (max(chunks, frequency) - frequency + 0.5) / (frequency + 0.5))


def coverage(weights: Mapping[str, float], words: Sequence[str], average_length: float) -> float:
    """BM25 of a text's words divided by the sum of the query's weights.

    About 1 where a text of average length has every word of the query once.
    """
    total = sum(weights.values())
    if not total:
        return 0.0
    counts = Counter(word for word in words if word in weights)
    length = LENGTH_SHARE * len(words) / max(average_length, 1.0)
    penalty = SATURATION * (1 - LENGTH_SHARE + length)
    score = sum(
        weights[word] * count * (SATURATION + 1) / (count + penalty)
        for word, count in counts.items()
    )
    return score / total
