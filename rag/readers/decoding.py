"""Bytes to text in whatever encoding they are: Unicode first, then those of East Asia and Windows."""

import codecs

import charset_normalizer

from rag.readers.reading import RefusalError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = [
    "big5",
    "big5hkscs",
    "gb18030",
    "cp932",
    "euc_jp",
    "cp949",
    "cp1252",
    "utf_16_le",
    "utf_16_be",
]
GUESSED = "guessed_encoding"
WIDE = ("utf_16_le", "utf_16_be")


def decoded(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    """The text, and a note if its encoding had to be guessed. Raises RefusalError for no text."""
    mark = next((encoding for sign, encoding in MARKS if data.startswith(sign)), "utf-8")
    try:
        text = data.decode(mark)
    except UnicodeDecodeError:
        return _guessed(data)
    if "\0" in text:  # valid UTF-8 all the same: UTF-16 of western text without a mark
        return _guessed(data)
    return text, []


def _guessed(data: bytes) -> tuple[str, list[tuple[str, str]]]:
    best = charset_normalizer.from_bytes(data, cp_isolation=CANDIDATES).best()
    if best is not None and (best.encoding in WIDE or b"\0" not in data):
        return str(best), [(GUESSED, best.encoding)]
    if b"\0" in data:
        raise RefusalError("format_mismatch")
    # No encoding fits: what can be read is kept, and its damage is noted by who cleans it.
    return data.decode("utf-8", errors="replace"), [(GUESSED, "utf-8")]
