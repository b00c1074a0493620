"""JSON: a document, a list of documents, or anything else as lines of its values."""

import json

from rag.readers.decoding import decoded
from rag.readers.objects import entry_of, is_document, lines_of
from rag.readers.reading import Entry, Reading, RefusalError


def read(data: bytes) -> Reading:
    """Raises RefusalError `document_broken` for what is no JSON."""
    text, notes = decoded(data)
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as wrong:
        raise RefusalError("document_broken") from wrong
    if is_document(value):
        entry = entry_of(value)  # one with a name of its own is not called by its file's
        return Reading([entry], is_collection=bool(entry.external_id), notes=notes)
    if isinstance(value, list) and value and all(is_document(item) for item in value):
        entries = [entry_of(item, name=str(number)) for number, item in enumerate(value, 1)]
        return Reading(entries, is_collection=True, notes=notes)
    return Reading([Entry("\n".join(lines_of(value)))], notes=notes)
