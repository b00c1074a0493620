"""Words of rag that other apps may use. Imports no model."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.db import models
from django.utils.translation import gettext_lazy as _

INDEX_DOCUMENTS = "rag.index_documents"  # the task that works on what waits
REEMBED_CORPUS = "rag.reembed_corpus"  # the task that gives a corpus the vectors of its embedder
FIRST_CORPUS = "iphone-17"  # slug of the corpus that every site begins with
LONGEST_TEXT = 5_000_000  # characters of one document


class DocumentState(models.TextChoices):
    """How far a document is on its way into its corpus."""

    QUEUED = "queued", _("Queued")
    READING = "reading", _("Being read")
    CHUNKING = "chunking", _("Being divided")
    EMBEDDING = "embedding", _("Being indexed")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")


AT_WORK = (DocumentState.READING, DocumentState.CHUNKING, DocumentState.EMBEDDING)
PENDING = (DocumentState.QUEUED, *AT_WORK)


class Note(models.TextChoices):
    """A warning about a document that was read all the same."""

    DAMAGED_TEXT = "damaged_text", _("Some of the text is damaged: it was decoded wrongly before.")
    HIDDEN_CHARACTERS = "hidden_characters", _("Characters that nobody can see were left out.")
    BROKEN_LINES = "broken_lines", _("Some lines could not be read and were left out.")
    REFUSED_ENTRIES = "refused_entries", _("Some entries could not be used and were left out.")
    PAGES_WITHOUT_TEXT = "pages_without_text", _("Some pages hold no text.")
    GUESSED_ENCODING = "guessed_encoding", _("The encoding of the text was guessed.")


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of a document besides its content. `as_of` is when it was known to be true."""

    external_id: str
    title: str = ""
    source: str = ""
    language: str = ""
    as_of: str = ""

    def named(self, external_id: str) -> "Description":
        """The same under another name."""
        return replace(self, external_id=external_id)


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that was found. `start` and `end` count code points of its document's text.

    `chunk`, `document` and `corpus` are ids of rows; `score` is the one the order was made by.
    """

    chunk: int
    document: int
    external_id: str
    title: str
    corpus: int
    text: str
    start: int
    end: int
    score: float
    tokens: int


@dataclass(frozen=True, slots=True)
class StageHit:
    """A chunk in the order of one stage, with the score that the stage gave it."""

    chunk: int
    score: float


@dataclass(frozen=True, slots=True)
class Stage:
    """What one stage of a search found, best first: dense, keyword, joined or reranked."""

    name: str
    took_ms: float
    hits: Sequence[StageHit]


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: passages, best first, and how they were come by."""

    passages: Sequence[Passage]
    took_ms: float
    stages: Sequence[Stage] = field(default=())


@dataclass(frozen=True, slots=True)
class CorpusName:
    """What a corpus is called: for links, and for people."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class PassageView:
    """A passage with what stands around it in its document, for a page that opens it."""

    external_id: str
    title: str
    source: str
    corpus_slug: str
    corpus_name: str
    before: str
    text: str
    behind: str


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """How many documents of a corpus are in which state; `pending` is all that is not final."""

    ready: int
    pending: int
    failed: int


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody may ask of a corpus, to measure search and answers by.

    `relevant` holds the external ids of every document that answers it; none: nothing does.
    `language` and `kind` sort the figures into groups.
    """

    query: str
    relevant: frozenset[str]
    language: str = ""
    kind: str = ""
