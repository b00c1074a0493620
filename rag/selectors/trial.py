"""A search taken apart: the passages of each stage, side by side."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.models import Chunk, Corpus
from rag.search.find import find_passages


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in the order of one stage."""

    chunk: Chunk
    score: float


@dataclass(frozen=True, slots=True)
class StageTrial:
    """What one stage put first, and how many it found in all."""

    name: str
    took_ms: float
    found: int
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class Trial:
    """A query's stages."""

    took_ms: float
    stages: Sequence[StageTrial]


def search_in_stages(
    query: str, corpora: Collection[int], user: int, *, k: int, least: float | None
) -> Trial:
    """The first `k` of each stage, without those that score less than `least`.

    Raises what `find_passages` raises.
    """
    found = find_passages(query, corpora=corpora, user_ids=[user], k=k)
    kept = [
        (stage, [hit for hit in stage.hits if least is None or hit.score >= least])
        for stage in found.stages
    ]
    chunks = _chunks({hit.chunk for _, hits in kept for hit in hits[:k]}, user)
    stages = [
        StageTrial(
            stage.name,
            stage.took_ms,
            len(hits),
            [Hit(chunks[hit.chunk], hit.score) for hit in hits[:k] if hit.chunk in chunks],
        )
        for stage, hits in kept
    ]
    return Trial(found.took_ms, stages)


def _chunks(ids: Collection[int], user: int) -> dict[int, Chunk]:
    readable = Corpus.objects.readable_by([user])
    rows = Chunk.objects.filter(pk__in=ids, corpus__in=readable).select_related("document")
    return rows.defer("embedding", "token_vectors", "keywords", "document__text").in_bulk()
