"""How a model reads a passage: on one line, with its title before it."""

from ai.prompts.marks import plain_line
from rag.types import Passage

_ASKS = ("?", "？")


def as_read(passage: Passage) -> str:
    """What it says cannot begin a line of its own."""
    return plain_line(f"{heading_of(passage)}{passage.text}")


def heading_of(passage: Passage) -> str:
    """Its title with what parts it from the text; empty where the text begins with it.

    A title that asks is read as the question before its answer: small models repeat such marks as
    a colon or “Q”.
    """
    title = passage.title.strip()
    if not title or passage.text.startswith(title):
        return ""
    return f"{title} " if title.endswith(_ASKS) else f"{title}: "
