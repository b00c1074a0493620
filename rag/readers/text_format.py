"""Plain text in any encoding."""

from rag.readers.decoding import decoded
from rag.readers.reading import Entry, Reading


def read(data: bytes) -> Reading:
    """The text as it stands."""
    text, notes = decoded(data)
    return Reading([Entry(text)], notes=notes)
