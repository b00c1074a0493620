"""The formats that are read: names that promise one, and first bytes that belong to it."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath

import puremagic

from rag.readers.reading import RefusalError

HEAD = 4096  # bytes that are looked at


class Format(StrEnum):
    """A reader's name: the module `rag.readers.<value>_format`."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    JSONL = "jsonl"
    PDF = "pdf"
    DOCX = "docx"


SUFFIXES: Mapping[str, Format] = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".pdf": Format.PDF,
    ".docx": Format.DOCX,
}
BINARY = {Format.PDF: ".pdf", Format.DOCX: ".docx"}
FOREIGN = ("application/", "image/", "audio/", "video/", "font/")


def format_of(name: str) -> Format:
    """The format that a file's name promises. Raises RefusalError `format_unknown`."""
    found = SUFFIXES.get(PurePosixPath(name.lower()).suffix)
    if found is None:
        raise RefusalError("format_unknown")
    return found


def require_magic(head: bytes, promised: Format) -> None:
    """Raise RefusalError `format_mismatch` if the first bytes are of something else."""
    matches = _matches(head)
    if promised in BINARY:
        fits = any(match.extension == BINARY[promised] for match in matches)
    else:
        fits = not any(_is_foreign(match) for match in matches)
    if not fits:
        raise RefusalError("format_mismatch")


def _matches(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(head[:HEAD]))
    except (puremagic.PureError, ValueError):  # unknown, or empty
        return []


def _is_foreign(match: puremagic.PureMagicWithConfidence) -> bool:
    """Whether these bytes begin no text: words such as “From” or “BM” begin other formats too."""
    signed = any(byte < ord(" ") or byte > ord("~") for byte in match.byte_match.strip())
    known = match.byte_match.startswith((b"%PDF", b"PK\x03\x04"))
    return match.mime_type.startswith(FOREIGN) and (signed or known)
