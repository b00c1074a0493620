"""Celery's way in: each task is one call of a service."""

from celery import shared_task

from echomind.common.queues import Queue
from rag.models import Corpus
from rag.services import indexing, reembedding, upkeep
from rag.types import INDEX_DOCUMENTS, REEMBED_CORPUS


@shared_task(name=INDEX_DOCUMENTS, queue=Queue.INGEST)
def index_documents() -> None:
    """Index the document that has waited longest."""
    indexing.index_next()


@shared_task(name=REEMBED_CORPUS, queue=Queue.INGEST)
def reembed_corpus(slug: str) -> None:
    """Bring a corpus to the embedder it is set to; one that went meanwhile needs none."""
    for corpus in Corpus.objects.filter(slug=slug):
        reembedding.reembed(corpus, lambda _done, _total: None)


@shared_task(name="rag.look_after_documents", queue=Queue.UPKEEP, expires=10)
def look_after_documents() -> None:
    """Go on with what dead workers left, and call for what the broker lost."""
    upkeep.resume_abandoned()
    upkeep.call_for_waiting()
