"""Documents on their way in and out: adding, changing, trying again, deleting.

What is added waits in state QUEUED; `rag.services.indexing` does the work. The same content under the
same name is left alone, another content replaces it once it is indexed.
"""

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

from django.db import transaction
from django.db.models import F, Q, QuerySet

from echomind.common.enqueue import enqueue
from echomind.common.queues import Queue
from echomind.common.text import is_safe, is_storable, one_line
from rag import store
from rag.errors import DocumentInvalidError, TextTooLongError
from rag.models import Corpus, Document, Draft
from rag.readers.cleaning import cleaned
from rag.signals import documents_deleted
from rag.types import INDEX_DOCUMENTS, LONGEST_TEXT, PENDING, Description, DocumentState

LONGEST = {"external_id": 512, "title": 300, "source": 1000, "as_of": 32}
LANGUAGES = ("zh-hant", "en", "ja", "ko")


def add_document(
    *, corpus: Corpus, description: Description, text: str, part_of: Document | None = None
) -> Document:
    """Add or change a document that comes as text. Raises DocumentInvalidError, TextTooLongError."""
    said = _checked(description)
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError
    clean, notes = cleaned(text)
    if not clean or not is_storable(text):
        raise DocumentInvalidError(field="text")
    sha256 = hashlib.sha256(f"{said.title}\n{clean}".encode()).hexdigest()
    with transaction.atomic():
        document, has_work = _submit(corpus, said, sha256, part_of=part_of)
        if has_work:
            _draft(document, title=said.title, text=clean, notes=notes)
    return document


def add_file(
    *, corpus: Corpus, description: Description, file: BinaryIO, file_name: str
) -> Document:
    """Add or change a document that comes as a file, which is copied now and read later.

    Raises DocumentInvalidError or DocumentTooLargeError.
    """
    said = _checked(description)
    sha256 = store.keep_file(file)
    with transaction.atomic():
        document, has_work = _submit(
            corpus, said, sha256, file_name=store.shown_name(file_name), part_of=None
        )
        if has_work:
            Draft.objects.filter(document=document).delete()
    return document


def retry_document(*, document: Document) -> None:
    """Index a document anew from its content, unless it is being worked on."""
    with transaction.atomic():
        row = Document.objects.select_for_update().get(pk=document.pk)
        if row.state in PENDING:
            return
        was_ready = row.state == DocumentState.READY
        _restart(row)
        if row.file_name:
            Draft.objects.filter(document=row).delete()
        elif was_ready:
            _draft(row, title=row.title, text=row.text, notes=row.notes)
        else:
            Draft.objects.filter(document=row).update(version=row.version)


def delete_document(*, document: Document) -> None:
    """Delete a document with its entries, chunks and vectors, and its file if nobody else has it."""
    contents = [document.sha256]
    with transaction.atomic():
        delete_rows(Document.objects.filter(Q(pk=document.pk) | Q(part_of=document)))
        transaction.on_commit(lambda: forget_files(contents))


def delete_rows(documents: QuerySet[Document]) -> None:
    """Delete these with their chunks and vectors, and tell the apps above. Inside a transaction."""
    gone = list(documents.values_list("pk", flat=True))
    documents.defer("text").delete()
    if gone:
        transaction.on_commit(
            lambda: documents_deleted.send(Document, documents=gone, corpora=[]),
        )


def forget_files(contents: Iterable[str]) -> None:
    """Remove stored files that no document has any more."""
    for sha256 in contents:
        if not Document.objects.filter(sha256=sha256).exists():
            store.forget_file(sha256)


def is_current(document: Document, corpus: Corpus, sha256: str) -> bool:
    """Whether a document with this content is indexed as the corpus wishes, or about to be."""
    if document.sha256 != sha256 or document.state == DocumentState.FAILED:
        return False
    return document.state in PENDING or document.sizes == sizes_of(corpus)


def announce_work() -> None:
    """Tell the workers, after the commit, that documents wait."""
    enqueue(INDEX_DOCUMENTS, Queue.INGEST)


def sizes_of(corpus: Corpus) -> str:
    """How the corpus divides its documents, as a document remembers it."""
    return f"{corpus.chunk_tokens}/{corpus.overlap_tokens}"


def _checked(description: Description) -> Description:
    """With tidy lines. Raises DocumentInvalidError for a name that is missing or unusable."""
    lines = {field: one_line(getattr(description, field)) for field in LONGEST}
    for field, line in lines.items():
        if len(line) > LONGEST[field] or not is_safe(line):
            raise DocumentInvalidError(field=field)
    if not lines["external_id"]:
        raise DocumentInvalidError(field="external_id")
    language = description.language.lower()
    return Description(**lines, language=language if language in LANGUAGES else "")


def _submit(
    corpus: Corpus,
    said: Description,
    sha256: str,
    *,
    part_of: Document | None,
    file_name: str = "",
) -> tuple[Document, bool]:
    """The document's row, and whether there is work to do on it. Inside a transaction."""
    document, is_new = Document.objects.select_for_update().get_or_create(
        corpus=corpus,
        external_id=said.external_id,
        defaults={"sha256": sha256, "title": said.title},
    )
    before = document.sha256
    unchanged = not is_new and is_current(document, corpus, sha256)
    document.source, document.language, document.as_of = said.source, said.language, said.as_of
    document.part_of, document.file_name, document.sha256 = part_of, file_name, sha256
    document.given_title = said.title
    document.save()
    if unchanged:
        return document, False
    if before != sha256:
        transaction.on_commit(lambda: forget_files([before]))
    _restart(document)
    return document, True


def _restart(document: Document) -> None:
    """Queue a new version; whoever works on the one before is fenced off."""
    Document.objects.filter(pk=document.pk).update(
        version=F("version") + 1,
        attempt=F("attempt") + 1,
        state=DocumentState.QUEUED,
        code="",
        tries=0,
        done=0,
        total=0,
    )
    document.refresh_from_db()
    announce_work()


def _draft(document: Document, *, title: str, text: str, notes: list[dict[str, str]]) -> None:
    Draft.objects.filter(document=document).delete()
    Document.objects.filter(pk=document.pk).update(characters=len(text))
    Draft.objects.create(
        document=document, version=document.version, title=title, text=text, notes=notes
    )
