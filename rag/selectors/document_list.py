"""Documents as the page of a corpus lists them: a page at a time, with reasons in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count

from rag.models import Corpus, Document
from rag.selectors.corpora import count_documents, document_in
from rag.types import PENDING, DocumentCounts, DocumentState
from rag.wire import NoteWire, notes_of, reason_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A line of the list."""

    document: Document
    reason: str
    notes: Sequence[NoteWire]
    entries: int

    @property
    def is_pending(self) -> bool:
        """Whether its state is going to change."""
        return self.document.state in PENDING


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of a corpus's documents, or of a file's entries (`of`)."""

    rows: Page[Document]
    documents: Sequence[ShownDocument]
    counts: DocumentCounts
    of: Document | None
    state: str


def document_page(corpus: Corpus, wanted: Mapping[str, str]) -> DocumentPage:
    """The page that a query (`page`, `state`, `of`) asks for. Raises DocumentNotFoundError."""
    of = wanted.get("of", "")
    whole = document_in(corpus, int(of)) if of.isdecimal() and len(of) < 19 else None
    state = wanted.get("state", "")
    rows = corpus.documents.filter(part_of=whole).defer("text").annotate(parts=Count("entries"))
    if state in DocumentState.values:
        rows = rows.filter(state=state)
    page = Paginator(rows.order_by("-pk"), PAGE).get_page(wanted.get("page"))
    shown = [
        ShownDocument(row, reason_of(row), notes_of(row), getattr(row, "parts", 0)) for row in page
    ]
    return DocumentPage(page, shown, count_documents(corpus), whole, state)
