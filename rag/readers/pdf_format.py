"""PDF: the text that is in it. Pictures of text are not recognised."""

import io
import re

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from rag.readers.reading import Entry, Reading, RefusalError

MOST_PAGES = 5000
WITHOUT_TEXT = "pages_without_text"
NAMED = 20
LATER = (  # what the library imports only when a page needs it
    "pypdf.filters",
    "pypdf.xmp",
    "pypdf._codecs._codecs",
    "pypdf._codecs.core_font_metrics",
    "pypdf._crypt_providers._fallback",
    "pypdf.generic._image_xobject",
)
# A line of prose goes on in the next one; what ends a sentence or begins a list does not.
_WRAP_WIDE = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff\uff0c\u3001])\n(?=[\u3040-\u30ff\u3400-\u9fff])"
)
_WRAP = re.compile(r"(?<=[^\n]{30}[^\n.!?。！？…:：；;-])\n(?=[^\W\d_])")


def read(data: bytes) -> Reading:
    """The pages' text. Raises RefusalError for what is locked, too long or without any text."""
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise RefusalError("document_encrypted")
        if len(reader.pages) > MOST_PAGES:
            raise RefusalError("text_too_long")
        pages = [_text_of(page) for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except LimitReachedError as bomb:
        raise RefusalError("reading_limit") from bomb
    except PyPdfError as broken:
        raise RefusalError("document_broken") from broken
    return Reading(
        [Entry("\n\n".join(text for text in pages if text), title=str(title or "").strip())],
        notes=_notes(pages),
    )


def _text_of(page: PageObject) -> str:
    text = page.extract_text().strip()
    return _WRAP.sub(" ", _WRAP_WIDE.sub("", text))


def _notes(pages: list[str]) -> list[tuple[str, str]]:
    empty = [str(number) for number, text in enumerate(pages, 1) if not text]
    if not empty or len(empty) == len(pages):
        return []
    more = f" (+{len(empty) - NAMED})" if len(empty) > NAMED else ""
    return [(WITHOUT_TEXT, ", ".join(empty[:NAMED]) + more)]
