"""Indexes what waits: reads a document, divides it, embeds it, and then shows it all at once.

Each batch of chunks is kept as it is done, so that whoever takes the work up after a death goes on
behind it. Nothing of a version is found before the whole of it is there.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import structlog
from django.contrib.postgres.search import SearchVector
from django.db import connection, transaction
from django.db.models import Value

from echomind.common.errors import EchoMindError
from rag.chunking import Span, spans_of
from rag.embedding.base import Embedder
from rag.embedding.token_vectors import packed
from rag.indexed_text import Context
from rag.keywords import keywords_of
from rag.models import Chunk, Corpus, Draft, DraftChunk
from rag.selectors.embedders import serving_embedder
from rag.services.documents import delete_rows, sizes_of
from rag.services.reading import read_document
from rag.services.work import SupersededError, Work, claim_next
from rag.types import DocumentState

logger = structlog.get_logger(__name__)

BATCH = 32  # chunks that are embedded and kept at once
SHOWN_AT_ONCE = 1000  # chunks that one statement moves into the index
MOVE = """
    INSERT INTO rag_chunk (document_id, corpus_id, number, start, "end", text, tokens, fingerprint,
                           embedding, token_vectors, keywords)
    SELECT %s, %s, number, start, "end", text, tokens, fingerprint, embedding, token_vectors, keywords
    FROM rag_draftchunk WHERE draft_id = %s AND number >= %s AND number < %s ORDER BY number
"""


def index_next(corpus: int | None = None) -> bool:
    """Index the document that has waited longest. False when none waits."""
    work = claim_next(corpus)
    if work is None:
        return False
    with work.alive():
        try:
            _index(work)
        except SupersededError:
            logger.info("document_superseded", document=work.document.pk)
        except EchoMindError as failure:
            _fail(work, failure)
    return True


def _index(work: Work) -> None:
    draft = read_document(work)
    if draft is None:
        return
    work.note(state=DocumentState.CHUNKING)
    corpus = work.document.corpus
    model = serving_embedder(corpus)
    spans = list(
        spans_of(
            draft.text,
            size=corpus.chunk_tokens,
            overlap=corpus.overlap_tokens,
            count=model.count_tokens,
        )
    )
    kept = _kept_pieces(work, draft, model)
    work.note(state=DocumentState.EMBEDDING, done=kept, total=len(spans))
    context = Context(draft.title, draft.text)
    for batch in _batches(spans[kept:]):
        _keep(work, draft, model, context, batch)
    if not _show(work, draft, model):
        work.document.corpus.refresh_from_db()
        _index(work)


def _kept_pieces(work: Work, draft: Draft, model: Embedder) -> int:
    """How many chunks an earlier attempt has left that can be used."""
    sizes = sizes_of(work.document.corpus)
    pieces = DraftChunk.objects.filter(draft=draft)
    if work.document.sizes != sizes or pieces.exclude(fingerprint=model.fingerprint).exists():
        pieces.delete()
    work.note(sizes=sizes)
    return pieces.count()


def _batches(spans: Sequence[Span]) -> Iterator[list[Span]]:
    rest = iter(spans)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _keep(
    work: Work, draft: Draft, model: Embedder, context: Context, batch: Sequence[Span]
) -> None:
    """Embed some chunks and keep them, with the progress that this is."""
    texts = [draft.text[span.start : span.end] for span in batch]
    indexed = [context.indexed(span.start, text) for span, text in zip(batch, texts, strict=True)]
    encoded = model.encode_with_tokens(indexed)
    first = work.document.done
    pieces = [
        DraftChunk(
            draft=draft,
            number=number,
            start=span.start,
            end=span.end,
            text=text,
            tokens=model.count_tokens(text),
            fingerprint=model.fingerprint,
            embedding=vector,
            token_vectors=packed(tokens),
            keywords=SearchVector(Value(" ".join(keywords_of(words))), config="simple"),
        )
        for number, (span, text, words, vector, tokens) in enumerate(
            zip(batch, texts, indexed, encoded.vectors, encoded.tokens, strict=True), first
        )
    ]
    with transaction.atomic():
        work.note(done=first + len(pieces), tries=0)
        DraftChunk.objects.bulk_create(pieces)


@transaction.atomic
def _show(work: Work, draft: Draft, model: Embedder) -> bool:
    """Put the draft in the place of what could be found until now.

    False, and nothing done, where the corpus got another model's vectors meanwhile.
    """
    document = work.document
    served = Corpus.objects.filter(pk=document.corpus_id, serving__in=("", model.fingerprint))
    if not served.update(serving=model.fingerprint):
        return False
    work.note(
        state=DocumentState.READY,
        title=draft.title,
        text=draft.text,
        notes=draft.notes,
        is_collection=False,
        code="",
    )
    Chunk.objects.filter(document=document).delete()
    delete_rows(document.entries.all())
    with connection.cursor() as cursor:
        for first in range(0, document.total, SHOWN_AT_ONCE):
            last = first + SHOWN_AT_ONCE
            cursor.execute(MOVE, [document.pk, document.corpus_id, draft.pk, first, last])
    draft.delete()
    return True


def _fail(work: Work, failure: EchoMindError) -> None:
    logger.info("document_failed", document=work.document.pk, code=failure.code)
    try:
        work.note(state=DocumentState.FAILED, code=failure.code)
    except SupersededError:
        logger.info("document_superseded", document=work.document.pk)
