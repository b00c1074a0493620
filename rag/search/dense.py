"""Candidates by meaning: the chunks whose vectors are nearest to the query's, by cosine.

Small scopes are searched exactly, large ones by HNSW (Malkov & Yashunin 2016, arXiv:1603.09320),
which goes on along its graph until it has enough rows that may be read (pgvector's iterative scan).
"""

from django.db import connection, transaction
from numpy import float32
from numpy.typing import NDArray

from rag.models.chunk import DIMENSIONS
from rag.search.scope import Scope
from rag.types import StageHit

# Chunks. Of 10,000 the exact search took 9 ms and HNSW 6, of 5,000 it took 5 and HNSW 22.
EXACT_BELOW = 10_000
EXPLORED = 200  # candidates that HNSW keeps while it looks, `ef_search`
MOST_SCANNED = 100_000  # rows after which it gives up

_SETTINGS = (
    f"SET LOCAL hnsw.ef_search = {EXPLORED};"
    " SET LOCAL hnsw.iterative_scan = relaxed_order;"
    f" SET LOCAL hnsw.max_scan_tuples = {MOST_SCANNED}"
)


def nearest(
    scope: Scope, vector: NDArray[float32], fingerprint: str, *, limit: int, size: int
) -> list[StageHit]:
    """At most `limit` chunks of this fingerprint, nearest first, with their cosines.

    `size` is how many chunks the scope has. As many are found as there are.
    """
    dimension = len(vector)
    if size >= EXACT_BELOW and dimension in DIMENSIONS:
        hits = _by_index(scope, vector, fingerprint, limit)
        if len(hits) >= min(limit, size):
            return hits
    return _rows(scope, vector, fingerprint, limit, "", "halfvec")


def written(vector: NDArray[float32]) -> str:
    """A vector as SQL reads it, at the precision that a halfvec has."""
    return "[" + ",".join(f"{value:.5g}" for value in vector.tolist()) + "]"


def _by_index(
    scope: Scope, vector: NDArray[float32], fingerprint: str, limit: int
) -> list[StageHit]:
    dimension = len(vector)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_SETTINGS)
        return _rows(
            scope,
            vector,
            fingerprint,
            limit,
            f"vector_dims(chunk.embedding) = {dimension} AND",
            f"halfvec({dimension})",
        )


def _rows(
    scope: Scope,
    vector: NDArray[float32],
    fingerprint: str,
    limit: int,
    indexed: str,
    kind: str,
) -> list[StageHit]:
    """Only an expression of just the index's type and condition is answered by the index."""
    readable, parameters = scope.condition()
    sql = f"""
        SELECT chunk.id, chunk.embedding::{kind} <=> %s::{kind} AS distance
        FROM rag_chunk chunk
        WHERE {indexed} {readable} AND chunk.fingerprint = %s
        ORDER BY distance LIMIT %s
    """  # noqa: S608  (its parts are written here and by the ORM)
    with connection.cursor() as cursor:
        cursor.execute(sql, (written(vector), *parameters, fingerprint, limit))
        hits = [StageHit(chunk, 1 - distance) for chunk, distance in cursor.fetchall()]
    return sorted(hits, key=lambda hit: (-hit.score, hit.chunk))
