"""What a reader gives back. Imports nothing of Django: readers run in a bare process."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Entry:
    """One document's worth of text, with what its source says of it. Empty: not said."""

    text: str
    title: str = ""
    external_id: str = ""
    source: str = ""
    language: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was in a file: one entry, or for a collection any number of documents of their own.

    `notes` are pairs of a value of `rag.types.Note` and a detail, such as the lines meant.
    """

    entries: list[Entry]
    is_collection: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)


class RefusalError(Exception):
    """The file cannot be read; `code` is that of an error in `rag.errors`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
