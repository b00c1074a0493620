"""Measures of one ranking against the relevant documents. All lie between 0 and 1."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from math import log2

DEPTH = 10  # of the measures of rank
Measure = Callable[[Sequence[str], Collection[str]], float]


def recall(ranking: Sequence[str], relevant: Collection[str], *, k: int) -> float:
    """Share of the relevant documents that the first `k` hold, of those that fit into them.

    Capped as in BEIR (Thakur et al. 2021), so that a question with four answers can reach 1 at k=1.
    """
    return sum(name in relevant for name in ranking[:k]) / min(k, len(relevant))


def reciprocal_rank(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """1 / rank of the first relevant document, 0 below `DEPTH`."""
    ranks = (rank for rank, name in enumerate(ranking[:DEPTH], start=1) if name in relevant)
    return 1 / first if (first := next(ranks, 0)) else 0.0


def ndcg(ranking: Sequence[str], relevant: Collection[str]) -> float:
    """Normalised discounted cumulative gain at `DEPTH` with gains of 0 and 1 (Järvelin 2002)."""
    gain = sum(_discount(rank) for rank, name in enumerate(ranking[:DEPTH]) if name in relevant)
    return gain / sum(_discount(rank) for rank in range(min(DEPTH, len(relevant))))


def _discount(rank: int) -> float:
    return 1 / log2(rank + 2)


MEASURES: Mapping[str, Measure] = {
    "recall@1": partial(recall, k=1),
    "recall@5": partial(recall, k=5),
    "recall@10": partial(recall, k=10),
    "MRR@10": reciprocal_rank,
    "nDCG@10": ndcg,
}
