"""What an assistant is told of a conversation: its turns, and what is remembered of it. Others have
these from `ai.types`.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation, as the assistant being asked sees it."""

    role: Literal["user", "assistant"]
    sender: str  # display name of who said it
    text: str
    message: int = 0  # its number in the room


@dataclass(frozen=True, slots=True)
class KnownFact:
    """One thing that an assistant remembers; `message` is where it was said, if anywhere.

    `by` is who pinned or corrected it; empty for what the assistant noticed by itself.
    """

    id: int
    text: str
    message: int | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class Recall:
    """What goes into a prompt besides the turns, which begin after message `until`.

    Nothing up to `since` is to be known: there people cleared the memory.
    """

    summary: str = ""
    until: int = 0
    since: int = 0
    facts: tuple[KnownFact, ...] = ()
