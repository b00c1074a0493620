"""One search from query to passages: near ones and those with its words, joined, ranked again."""

import time
from collections.abc import Collection, Iterable, Sequence

from rag.embedding.base import Embedder
from rag.errors import QueryInvalidError
from rag.models import Corpus
from rag.rerank.registry import reranker
from rag.search.candidates import read_candidates
from rag.search.dense import nearest
from rag.search.joining import join
from rag.search.keyword import having_words, query_words
from rag.search.scope import Scope
from rag.search.sizes import size_of
from rag.selectors.embedders import by_embedder
from rag.types import Found, Stage, StageHit

LONGEST_QUERY = 2000  # characters
MOST_FOUND = 50
CANDIDATES = 50  # of each kind, at least
RERANKED = 50  # at least


def find_passages(
    query: str, *, corpora: Collection[int], user_ids: Collection[int], k: int = 8
) -> Found:
    """The best `k` passages, at most MOST_FOUND, that each of these users may read.

    Blocks. Raises QueryInvalidError for an empty or overlong query, and EmbedderMissingError where
    the model of a corpus is not there.
    """
    began = time.perf_counter()
    if not query.strip() or len(query) > LONGEST_QUERY:
        raise QueryInvalidError(most=LONGEST_QUERY)
    clean = query.encode(errors="ignore").decode()  # without halves of surrogate pairs
    k = max(1, min(k, MOST_FOUND))
    readable = Corpus.objects.readable_by(user_ids).filter(pk__in=corpora)
    parts = [_search(clean, Scope(ids, user_ids), model, k) for model, ids in by_embedder(readable)]
    passages = sorted(
        (passage for part in parts for passage in part.passages), key=lambda one: -one.score
    )
    took_ms = (time.perf_counter() - began) * 1000
    return Found(passages[:k], took_ms, _together([part.stages for part in parts]))


def _search(query: str, scope: Scope, model: Embedder, k: int) -> Found:
    """Among the corpora of one embedder, whose cosines can be compared."""
    trail = _Trail()
    size, limit = size_of(scope.corpora), max(CANDIDATES, k)
    vector = model.encode_query(query)
    dense = trail.mark("dense", nearest(scope, vector, model.fingerprint, limit=limit, size=size))
    words = query_words(scope, query, size)
    keyword = trail.mark("keyword", having_words(scope, words, limit=limit))
    ids = {hit.chunk for hit in (*dense, *keyword)}
    candidates = read_candidates(scope, ids, vector, model.fingerprint)
    joined = trail.mark("joined", join(query, words, candidates))
    closer = joined[: max(RERANKED, k)]
    first = [candidates[hit.chunk] for hit in closer]
    scores = reranker().rerank(query, first, [hit.score for hit in closer], model)
    ranked = trail.mark(
        "reranked",
        sorted(
            (StageHit(one.chunk, score) for one, score in zip(first, scores, strict=True)),
            key=lambda hit: -hit.score,
        ),
    )
    passages = [candidates[hit.chunk].passage(hit.score) for hit in ranked[:k]]
    return Found(passages, trail.took_ms, trail.stages)


class _Trail:
    """What the stages of one search found, and how long each of them took."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self._began = self._marked = time.perf_counter()

    def mark(self, name: str, hits: Sequence[StageHit]) -> Sequence[StageHit]:
        """The end of a stage."""
        now = time.perf_counter()
        self.stages.append(Stage(name, (now - self._marked) * 1000, hits))
        self._marked = now
        return hits

    @property
    def took_ms(self) -> float:
        return (self._marked - self._began) * 1000


def _together(searches: Iterable[Sequence[Stage]]) -> list[Stage]:
    """Stages of the same name as one, with all their hits and the sum of their times."""
    stages: dict[str, Stage] = {}
    for stage in (stage for stages_of_one in searches for stage in stages_of_one):
        before = stages.get(stage.name, Stage(stage.name, 0.0, ()))
        hits = sorted((*before.hits, *stage.hits), key=lambda hit: -hit.score)
        stages[stage.name] = Stage(stage.name, before.took_ms + stage.took_ms, hits)
    return list(stages.values())
