"""B5-search: a whole search, from the query to passages, as its corpus grows.

The query's own vector costs nothing here; with the embedded model add what it needs for a short text.
"""

from time import perf_counter

from asgiref.sync import sync_to_async

from accounts.models import User
from bench.pairs import percentile
from bench.population import make_people
from bench.report import Figure, Result
from bench.stage import Stage
from bench.synthetic import FINGERPRINT, NAME, Filling, fill, queries
from rag.embedding.registry import EMBEDDERS
from rag.models import Corpus
from rag.search import sizes
from rag.search.find import find_passages

ASKED = 200  # queries at each size
WARMING = 10


async def run(stage: Stage) -> Result:
    """One corpus, asked the same at each size."""
    EMBEDDERS[NAME] = "bench.synthetic.load"
    people = await make_people(1)
    return Result(name="B5-search", figures=await sync_to_async(_measure)(stage, people.users[0]))


def _measure(stage: Stage, user: User) -> list[Figure]:
    corpus = Corpus.objects.create(owner=user, slug="grows", name="Grows", serving=FINGERPRINT)
    figures: list[Figure] = []
    already = 0
    for size in stage.scale.corpus:
        fill([Filling(corpus, size - already, already)])
        already = size
        figures += _figures(corpus, user, size)
    return figures


def _figures(corpus: Corpus, user: User, size: int) -> list[Figure]:
    sizes.forget()
    times: list[float] = []
    stages: dict[str, list[float]] = {}
    for query in queries(WARMING + ASKED):
        began = perf_counter()
        found = find_passages(query, corpora=[corpus.pk], user_ids=[user.pk])
        times.append(perf_counter() - began)
        for stage in found.stages:
            stages.setdefault(stage.name, []).append(stage.took_ms)
    spent = ", ".join(f"{name} {percentile(took, 0.5):.1f}" for name, took in stages.items())
    return [
        Figure(
            measure=f"search among {size:,} chunks, p{share:.0%}".rstrip("%"),
            value=percentile(times[WARMING:], share) * 1e3,
            unit="ms",
            ours=spent if share == 0.5 else "",
        )
        for share in (0.5, 0.95)
    ]
