"""Markdown: kept as it is written, since its marks show the structure."""

import re

from rag.readers.decoding import decoded
from rag.readers.reading import Entry, Reading

_TITLE = re.compile(r"^# +(.+)$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.MULTILINE | re.DOTALL)


def read(data: bytes) -> Reading:
    """The text without its front matter; the first heading of level 1 is the title."""
    text, notes = decoded(data)
    text = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"), count=1)
    title = _TITLE.search(text)
    return Reading([Entry(text, title=title[1].rstrip("#").rstrip() if title else "")], notes=notes)
