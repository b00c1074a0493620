"""B5: the nearest passages among those that may be read, from all of them to one in a thousand.

Quality is measured against numpy over the same vectors, time against the same SQL without the site
around it: fixed ids of corpora instead of rights, a connection of its own, settings made once.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import numpy as np
import psycopg
from asgiref.sync import sync_to_async

from accounts.models import User
from bench.pairs import interleave
from bench.population import make_people
from bench.report import Figure, Result, milliseconds, ratio
from bench.stage import Stage
from bench.synthetic import DIMENSION, FINGERPRINT, Filling, SyntheticEmbedder, fill, queries
from rag.embedding.base import Vectors
from rag.models import Corpus, Readership
from rag.search.dense import EXPLORED, MOST_SCANNED, nearest, written
from rag.search.scope import Scope

K = 10
A_BLOCK = 0.5  # of the other benchmarks' block: here are four figures
CHECKED = 100  # queries whose passages are compared with the exact ones
SHARES = (1.0, 0.1, 0.01, 0.001)
MOST_MISSED, SLOWEST = 0.02, 1.25
RAW = f"""
    SELECT id FROM rag_chunk
    WHERE vector_dims(embedding) = {DIMENSION} AND corpus_id = ANY(%s)
    ORDER BY embedding::halfvec({DIMENSION}) <=> %s::halfvec({DIMENSION}) LIMIT {K}
"""
SETTINGS = (
    f"SET hnsw.ef_search = {EXPLORED}; SET hnsw.iterative_scan = relaxed_order;"
    f" SET hnsw.max_scan_tuples = {MOST_SCANNED}"
)


@dataclass(frozen=True, slots=True)
class Readable:
    """A person who may read `share` of all chunks: `ids` and their `vectors` in the same order."""

    share: float
    scope: Scope
    ids: Sequence[int]
    vectors: Vectors


async def run(stage: Stage) -> Result:
    """All shares, each with its quality and its time."""
    people = await make_people(len(SHARES))
    readable = await sync_to_async(_make)(people.users, stage.scale.chunks)
    vectors = [SyntheticEmbedder().encode_query(query) for query in queries(CHECKED)]
    figures, short = [], 0
    for one in readable:
        missed, fewer = await sync_to_async(_quality)(one, vectors)
        short += fewer
        name = f"{one.share:.1%} of {stage.scale.chunks:,} chunks readable"
        figures.append(
            Figure(
                measure=f"missed of the nearest {K}, {name}",
                value=missed,
                unit="share",
                at_most=MOST_MISSED,
            )
        )
        figures.append(await _time(stage, one, vectors, f"p50, {name}"))
    return Result(name="B5", figures=figures, faults=short)


def _make(users: Sequence[User], chunks: int) -> list[Readable]:
    """Corpora one inside the other's readership: the first person reads all, the last the smallest."""
    sizes = [round(chunks * share) for share in SHARES]
    steps = [size - smaller for size, smaller in zip(sizes, [*sizes[1:], 0], strict=True)]
    corpora = [
        Corpus.objects.create(owner=users[0], slug=f"b5-{n}", name=f"B5 {n}", serving=FINGERPRINT)
        for n in range(len(steps))
    ]
    made = fill([Filling(corpus, step) for corpus, step in zip(corpora, steps, strict=True)])
    found = []
    for place, (share, user) in enumerate(zip(SHARES, users, strict=True)):
        own = corpora[place:]
        Readership.objects.bulk_create(Readership(corpus=one, user=user) for one in own if place)
        ids = [
            pk
            for one in own
            for pk in one.chunks.order_by("number").values_list("pk", flat=True).iterator()
        ]
        vectors = np.concatenate([made[one.pk] for one in own])
        found.append(Readable(share, Scope([one.pk for one in own], [user.pk]), ids, vectors))
    return found


def _quality(one: Readable, vectors: Sequence[np.ndarray]) -> tuple[float, int]:
    """Share of the exact ones that were not found; how often there were fewer than could be."""
    missed, fewer = [], 0
    for vector in vectors:
        nearness = one.vectors @ vector
        exact = {one.ids[place] for place in np.argsort(-nearness)[:K].tolist()}
        hits = nearest(one.scope, vector, FINGERPRINT, limit=K, size=len(one.ids))
        fewer += len(hits) < len(exact)
        missed.append(1 - len(exact & {hit.chunk for hit in hits}) / len(exact))
    return float(np.mean(missed)), fewer


async def _time(stage: Stage, one: Readable, vectors: Sequence[np.ndarray], measure: str) -> Figure:
    seconds = stage.scale.block_s * A_BLOCK
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as raw:
        raw.execute(SETTINGS)

        def ours(vector: np.ndarray) -> None:
            nearest(one.scope, vector, FINGERPRINT, limit=K, size=len(one.ids))

        def floor(vector: np.ndarray) -> None:
            raw.execute(RAW, (list(one.scope.corpora), written(vector))).fetchall()

        def block(ask: Callable[[np.ndarray], None]) -> float:
            times: list[float] = []
            end = perf_counter() + seconds
            while perf_counter() < end or not times:
                began = perf_counter()
                ask(vectors[len(times) % len(vectors)])
                times.append(perf_counter() - began)
            return median(times)

        pairs = await interleave(
            lambda: sync_to_async(block)(ours),
            lambda: sync_to_async(block)(floor),
            pairs=stage.scale.pairs,
        )
    return ratio(measure, pairs, float, told=milliseconds, at_most=SLOWEST)
