"""Gives a corpus the vectors of another model while the ones it has go on being searched.

New vectors wait beside the chunks; when all are there, one transaction puts them in place. What a
killed run has made stays and is gone on from.
"""

from collections.abc import Callable, Sequence

from django.db import connection, transaction
from django.db.models import QuerySet

from echomind.common.enqueue import enqueue
from echomind.common.queues import Queue
from rag.embedding.base import Embedder
from rag.embedding.registry import embedder
from rag.embedding.token_vectors import packed
from rag.indexed_text import Context
from rag.models import Chunk, Corpus, Document, FreshVector
from rag.types import REEMBED_CORPUS

BATCH = 32  # chunks that are embedded and kept at once
DOCUMENTS = 20  # after so many the progress is told
REPLACE = """
    UPDATE rag_chunk chunk
    SET embedding = fresh.embedding, fingerprint = fresh.fingerprint,
        token_vectors = fresh.token_vectors
    FROM rag_freshvector fresh
    WHERE fresh.chunk_id = chunk.id AND chunk.corpus_id = %s AND fresh.fingerprint = %s
"""

Progress = Callable[[int, int], None]  # chunks done, chunks in all


def reembed(corpus: Corpus, progress: Progress) -> int:
    """Bring all chunks to the embedder that the corpus is set to; how many were embedded for it.

    Raises EmbedderMissingError. May be run again at any time; one run a corpus is enough.
    """
    model = embedder(corpus.embedder)
    chunks = Chunk.objects.filter(corpus=corpus)
    embedded = 0
    while not _put_in_place(corpus, model):
        for document in _documents_behind(corpus, model):
            embedded += _embed(corpus, document, model)
        total = chunks.count()
        progress(total - _behind(corpus, model).count(), total)
    return embedded


def request_reembedding(*, corpus: Corpus) -> None:
    """Let a worker do it."""
    enqueue(REEMBED_CORPUS, Queue.INGEST, slug=corpus.slug)


def _behind(corpus: Corpus, model: Embedder) -> QuerySet[Chunk]:
    """Chunks that have no vector of the model, neither in place nor in waiting."""
    chunks = Chunk.objects.filter(corpus=corpus).exclude(fingerprint=model.fingerprint)
    return chunks.exclude(pk__in=FreshVector.objects.filter(fingerprint=model.fingerprint))


def _documents_behind(corpus: Corpus, model: Embedder) -> list[Document]:
    """Some of those that have such chunks, so that progress is told now and then."""
    ids = _behind(corpus, model).order_by("document").values("document").distinct()
    return list(Document.objects.filter(pk__in=ids)[:DOCUMENTS])


def _embed(corpus: Corpus, document: Document, model: Embedder) -> int:
    context = Context(document.title, document.text)
    behind = _behind(corpus, model).filter(document=document).order_by("number")
    embedded = 0
    while batch := list(behind.defer("token_vectors", "embedding", "keywords")[:BATCH]):
        _keep(batch, context, model)
        embedded += len(batch)
    return embedded


def _keep(batch: Sequence[Chunk], context: Context, model: Embedder) -> None:
    """Let vectors of some chunks wait. Chunks that went meanwhile are left out."""
    encoded = model.encode_with_tokens(
        [context.indexed(chunk.start, chunk.text) for chunk in batch]
    )
    fresh = [
        FreshVector(
            chunk=chunk,
            fingerprint=model.fingerprint,
            embedding=vector,
            token_vectors=packed(tokens),
        )
        for chunk, vector, tokens in zip(batch, encoded.vectors, encoded.tokens, strict=True)
    ]
    with transaction.atomic():
        there = set(_locked(batch))
        FreshVector.objects.bulk_create(
            (one for one in fresh if one.chunk_id in there),
            update_conflicts=True,
            unique_fields=["chunk"],
            update_fields=["fingerprint", "embedding", "token_vectors"],
        )


def _locked(batch: Sequence[Chunk]) -> QuerySet[Chunk, int]:
    """Ids of those that still exist, and will until the transaction ends."""
    chunks = Chunk.objects.filter(pk__in=[chunk.pk for chunk in batch])
    return chunks.select_for_update(no_key=True).values_list("pk", flat=True)


@transaction.atomic
def _put_in_place(corpus: Corpus, model: Embedder) -> bool:
    """Serve the model's vectors from now on, if every chunk has one.

    The row's lock keeps new chunks out meanwhile: they refer to it.
    """
    row = Corpus.objects.select_for_update().get(pk=corpus.pk)
    if _behind(corpus, model).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # every row goes into the index anew
        cursor.execute(REPLACE, (corpus.pk, model.fingerprint))
    FreshVector.objects.filter(chunk__corpus=corpus).delete()
    if row.serving != model.fingerprint:
        Corpus.objects.filter(pk=corpus.pk).update(serving=model.fingerprint)
    return True
