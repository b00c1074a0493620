"""Asks the search of this site, and tells what each of its stages put where."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rag.models import Chunk, Corpus
from rag.search.find import find_passages
from rag.types import Question, StageHit

DEPTH = 10  # passages asked for


@dataclass(frozen=True, slots=True)
class StageAnswer:
    """One stage's documents by external id, best first, and the score of the best."""

    ranking: Sequence[str]
    best_score: float
    took_ms: float


Answer = Mapping[str, StageAnswer]  # by stage


def search_all(questions: Iterable[Question], corpus: Corpus) -> Iterable[Answer]:
    """The answers to the questions, in their order, with the rights of the corpus's owner."""
    documents = dict(Chunk.objects.filter(corpus=corpus).values_list("pk", "document__external_id"))
    for question in questions:
        found = find_passages(
            question.query, corpora=[corpus.pk], user_ids=[corpus.owner_id], k=DEPTH
        )
        yield {
            stage.name: StageAnswer(
                ranking=_documents(stage.hits, documents),
                best_score=max((hit.score for hit in stage.hits), default=0.0),
                took_ms=stage.took_ms,
            )
            for stage in found.stages
        }


def _documents(hits: Iterable[StageHit], documents: Mapping[int, str]) -> list[str]:
    """Each document once, where its best chunk stands."""
    return list(dict.fromkeys(documents[hit.chunk] for hit in hits))
