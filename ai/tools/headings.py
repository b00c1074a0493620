"""What stands before a passage where a model reads it."""

from rag.types import Passage

_ASKS = ("?", "？")


def heading_of(passage: Passage) -> str:
    """Its title; empty where the text begins with it, and where it asks something.

    Small models repeat such a question in the place of an answer.
    """
    title = passage.title.strip()
    if title.endswith(_ASKS) or passage.text.startswith(title):
        return ""
    return title
