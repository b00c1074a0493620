"""Joins meaning and words: the cosine, and a small share of how many of the query's words occur.

Not reciprocal rank fusion, which lets words alone outvote meaning: where query and text are in
different languages it cost two thirds of the first places (R@1 .70 to .23, English to Chinese).
"""

from collections.abc import Collection, Mapping, Sequence
from statistics import fmean

from rag.keywords import keywords_of
from rag.search.bm25 import coverage
from rag.search.candidates import Candidate
from rag.search.keyword import QueryWord
from rag.search.scripts import script_of, share_of
from rag.types import StageHit

LEXICAL_SHARE = 0.1
# Where fewer of the candidates are in the query's script, having its words mostly tells the language:
# with them first, English and Korean questions to a corpus mostly in Chinese lost a third of the first
# places.
LEAST_COMMON = 0.5


def join(
    query: str, words: Sequence[QueryWord], candidates: Mapping[int, Candidate]
) -> list[StageHit]:
    """All candidates, best first."""
    if not candidates:
        return []
    covered = _covered(query, words, candidates.values())
    # A vector of another model says nothing: such a chunk stands with the farthest of the others.
    known = [one.cosine for one in candidates.values() if one.cosine is not None]
    farthest = min(known, default=0.0)
    hits = [
        StageHit(
            chunk,
            (farthest if one.cosine is None else one.cosine)
            + LEXICAL_SHARE * covered.get(chunk, 0.0),
        )
        for chunk, one in candidates.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk))


def _covered(
    query: str, words: Sequence[QueryWord], candidates: Collection[Candidate]
) -> dict[int, float]:
    """By chunk; empty where most candidates are in another script."""
    if share_of(script_of(query), (one.text for one in candidates)) < LEAST_COMMON:
        return {}
    weights = {word.word: word.weight for word in words}
    texts = {one.chunk: keywords_of(f"{one.title}\n{one.text}") for one in candidates}
    average = fmean(map(len, texts.values()))
    return {chunk: coverage(weights, text, average) for chunk, text in texts.items()}
