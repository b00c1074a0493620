"""What stands before a passage where a model reads it."""

from rag.types import Passage

_ASKS = ("?", "？")


def heading_of(passage: Passage) -> str:
    """Its title with what parts it from the text; empty where the text begins with it.

    A title that asks is read as the question before its answer: small models repeat such marks as
    a colon or “Q”.
    """
    title = passage.title.strip()
    if not title or passage.text.startswith(title):
        return ""
    return f"{title} " if title.endswith(_ASKS) else f"{title}: "
