"""JSON Lines: a document a line. A line that cannot be read is named, and the rest is taken."""

import json

from rag.readers.decoding import decoded
from rag.readers.objects import entry_of, is_document
from rag.readers.reading import Entry, Reading, RefusalError

BROKEN = "broken_lines"
NAMED = 20  # numbers of broken lines that a note holds


def read(data: bytes) -> Reading:
    """One entry a line. Raises RefusalError `document_broken` if no line can be read."""
    text, notes = decoded(data)
    entries: list[Entry] = []
    broken: list[int] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            entry = _entry(line, number)
            if entry is None:
                broken.append(number)
            else:
                entries.append(entry)
    if broken and not entries:
        raise RefusalError("document_broken")
    if broken:
        notes.append((BROKEN, _numbers(broken)))
    return Reading(entries, is_collection=True, notes=notes)


def _entry(line: str, number: int) -> Entry | None:
    try:
        value = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return None
    return entry_of(value, name=str(number)) if is_document(value) else None


def _numbers(broken: list[int]) -> str:
    more = f" (+{len(broken) - NAMED})" if len(broken) > NAMED else ""
    return ", ".join(map(str, broken[:NAMED])) + more
