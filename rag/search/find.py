"""One search from query to passages."""

import time
from collections.abc import Collection

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F

from rag.errors import QueryInvalidError
from rag.keywords import keywords_of
from rag.models import Chunk, Corpus
from rag.types import Found, Passage

LONGEST_QUERY = 2000  # characters


def find_passages(
    query: str, *, corpora: Collection[int], user_ids: Collection[int], k: int = 8
) -> Found:
    """The best `k` passages among those corpora that each of these users may read.

    Blocks. Raises QueryInvalidError for an empty or overlong query.
    """
    began = time.perf_counter()
    if not query.strip() or len(query) > LONGEST_QUERY:
        raise QueryInvalidError(most=LONGEST_QUERY)
    words = sorted(set(keywords_of(query)))
    passages = _by_keyword(words, corpora, user_ids, k) if words else []
    return Found(passages, took_ms=(time.perf_counter() - began) * 1000)


def _by_keyword(
    words: list[str], corpora: Collection[int], user_ids: Collection[int], k: int
) -> list[Passage]:
    wanted = SearchQuery(
        " | ".join(f"'{word}'" for word in words), search_type="raw", config="simple"
    )
    readable = Corpus.objects.readable_by(user_ids).filter(pk__in=corpora)
    chunks = (
        Chunk.objects.filter(corpus__in=readable, keywords=wanted)
        .annotate(rank=SearchRank(F("keywords"), wanted))
        .select_related("document")
        .order_by("-rank", "pk")[:k]
    )
    return [
        Passage(
            chunk=chunk.pk,
            document=chunk.document_id,
            external_id=chunk.document.external_id,
            title=str(chunk.document),
            corpus=chunk.corpus_id,
            text=chunk.text,
            start=chunk.start,
            end=chunk.end,
            score=chunk.rank,
            tokens=chunk.tokens,
        )
        for chunk in chunks
    ]
