"""The JSON of corpora, documents and what is found, as the API shows them."""

from datetime import datetime

import msgspec
from django.utils.translation import get_language

from accounts.api import User
from echomind.common.errors import sentence_of
from rag.models import Corpus, Document
from rag.types import DocumentCounts, Found, Note


class CountsWire(msgspec.Struct, frozen=True):
    """How many documents are in which state; `pending` is all that is not final."""

    ready: int
    pending: int
    failed: int


class CorpusWire(msgspec.Struct, frozen=True):
    """A corpus; `own` says whether the caller owns it."""

    slug: str
    name: str
    language: str
    public: bool
    owner: str
    own: bool
    documents: CountsWire
    created_at: datetime


class NoteWire(msgspec.Struct, frozen=True):
    """A warning about a document that was read all the same."""

    code: str
    sentence: str
    detail: str


class ReasonWire(msgspec.Struct, frozen=True):
    """Why a document failed."""

    code: str
    sentence: str


class DocumentWire(msgspec.Struct, frozen=True):
    """A document and how far it is: `done` of `total` chunks.

    `collection` marks a file whose entries are documents of their own; `part_of` is such a file's id.
    """

    id: int
    external_id: str
    title: str
    state: str
    done: int
    total: int
    error: ReasonWire | None
    notes: list[NoteWire]
    collection: bool
    part_of: int | None
    source: str
    language: str
    as_of: str
    version: int
    created_at: datetime
    updated_at: datetime


class PassageWire(msgspec.Struct, frozen=True):
    """A chunk that was found: ids of document and chunk, and its place in code points."""

    document: int
    external_id: str
    title: str
    chunk: int
    text: str
    score: float
    start: int
    end: int


class FoundWire(msgspec.Struct, frozen=True):
    """Passages, best first."""

    results: list[PassageWire]
    took_ms: float


def corpus_wire(corpus: Corpus, counts: DocumentCounts, reader: User) -> CorpusWire:
    """The corpus as this person sees it."""
    return CorpusWire(
        slug=corpus.slug,
        name=corpus.name,
        language=corpus.language,
        public=corpus.is_public,
        owner=corpus.owner.username,
        own=corpus.owner_id == reader.pk,
        documents=CountsWire(counts.ready, counts.pending, counts.failed),
        created_at=corpus.created_at,
    )


def document_wire(document: Document) -> DocumentWire:
    """The document with its state, in the language of the request."""
    return DocumentWire(
        id=document.pk,
        external_id=document.external_id,
        title=document.title,
        state=document.state,
        done=document.done,
        total=document.total,
        error=ReasonWire(document.code, reason_of(document)) if document.code else None,
        notes=notes_of(document),
        collection=document.is_collection,
        part_of=document.part_of_id,
        source=document.source,
        language=document.language,
        as_of=document.as_of,
        version=document.version,
        created_at=document.created_at,
        updated_at=document.updated_at,
    )


def reason_of(document: Document) -> str:
    """Why it failed, as a sentence; empty where it did not."""
    return sentence_of(document.code, get_language() or "en") if document.code else ""


def notes_of(document: Document) -> list[NoteWire]:
    """Its warnings, as sentences."""
    return [
        NoteWire(note["code"], str(Note(note["code"]).label), note.get("detail", ""))
        for note in document.notes
    ]


def found_wire(found: Found) -> FoundWire:
    """What a search found."""
    passages = [
        PassageWire(
            document=one.document,
            external_id=one.external_id,
            title=one.title,
            chunk=one.chunk,
            text=one.text,
            score=one.score,
            start=one.start,
            end=one.end,
        )
        for one in found.passages
    ]
    return FoundWire(passages, round(found.took_ms, 2))
