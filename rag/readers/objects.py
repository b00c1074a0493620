"""Objects of JSON as documents: what their usual fields are called, and what to do with others."""

from collections.abc import Iterator, Mapping
from typing import Any

from rag.readers.reading import Entry

TEXT = ("text", "content", "body", "answer")
TITLE = ("title", "question", "name")
NAME = ("external_id", "id")
SAID = ("source", "language", "as_of")


def is_document(value: object) -> bool:
    """Whether a value is an object with a text of its own."""
    return isinstance(value, dict) and any(_word(value, field) for field in TEXT)


def entry_of(value: Mapping[str, Any], name: str = "") -> Entry:
    """The document that an object describes; `name` is its id where it has none."""
    said = {field: _word(value, field) for field in SAID}
    return Entry(
        text=_first(value, TEXT),
        title=_first(value, TITLE),
        external_id=_first(value, NAME) or name,
        **said,
    )


def lines_of(value: object, path: str = "") -> Iterator[str]:
    """Any JSON as lines `path: value`, in order and without a stack of its own depth."""
    waiting = [(path, value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            inner = [(f"{path}.{key}" if path else str(key), part) for key, part in value.items()]
            waiting += reversed(inner)
        elif isinstance(value, list):
            waiting += reversed([(path, part) for part in value])
        elif value not in (None, ""):
            yield f"{path}: {value}" if path else str(value)


def _first(value: Mapping[str, Any], fields: tuple[str, ...]) -> str:
    return next((word for field in fields if (word := _word(value, field))), "")


def _word(value: Mapping[str, Any], field: str) -> str:
    word = value.get(field)
    if isinstance(word, int | float) and not isinstance(word, bool):
        return str(word)
    return word.strip() if isinstance(word, str) else ""
