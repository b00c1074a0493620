"""Candidates of one search: their texts, and how near each of them is to the query."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import connection
from numpy import float32
from numpy.typing import NDArray

from rag.search.dense import written
from rag.search.scope import Scope
from rag.types import Passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A chunk that may answer. `cosine` is None where its vector is of another model."""

    chunk: int
    document: int
    external_id: str
    title: str
    corpus: int
    text: str
    start: int
    end: int
    tokens: int
    cosine: float | None

    def passage(self, score: float) -> Passage:
        """As it leaves this app."""
        return Passage(
            chunk=self.chunk,
            document=self.document,
            external_id=self.external_id,
            title=self.title or self.external_id,
            corpus=self.corpus,
            text=self.text,
            start=self.start,
            end=self.end,
            score=score,
            tokens=self.tokens,
        )


def read_candidates(
    scope: Scope, chunks: Collection[int], vector: NDArray[float32], fingerprint: str
) -> dict[int, Candidate]:
    """Those of the chunks that are still there and may still be read, by id."""
    if not chunks:
        return {}
    readable, parameters = scope.condition()
    sql = f"""
        SELECT chunk.id, document.id, document.external_id, document.title, chunk.corpus_id,
               chunk.text, chunk.start, chunk."end", chunk.tokens,
               CASE WHEN chunk.fingerprint = %s THEN 1 - (chunk.embedding <=> %s::halfvec) END
        FROM rag_chunk chunk JOIN rag_document document ON document.id = chunk.document_id
        WHERE {readable} AND chunk.id = ANY(%s)
    """  # noqa: S608  (its parts are written here and by the ORM)
    with connection.cursor() as cursor:
        cursor.execute(sql, (fingerprint, written(vector), *parameters, list(chunks)))
        return {row[0]: Candidate(*row) for row in cursor.fetchall()}
