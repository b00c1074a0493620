"""Tools, their uses and what they find, as plain values. Others have these from `ai.types`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ai.turns import Turn
from rag.types import Passage


class ToolName(models.TextChoices):
    """The tools there are; each assistant's list says which of them it may use."""

    SITE_DATA = "site_data", _("Look into rooms: counts, who, when")
    SEARCH_DOCUMENTS = "search_documents", _("Search documents, and cite them")
    SMALL_MODEL = "small_model", _("Weigh the mood of a text")
    DRAW_PICTURE = "draw_picture", _("Draw pictures")


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool found out: text for the model, and how many things that are, where it counts.

    Passages are read by the model under numbers, instead of the text. Nothing is read of neither.
    `is_sure`: they are known to answer the question. `is_answer`: the text is all there is to say,
    and no model needs to be asked.
    """

    text: str
    count: int | None = None
    passages: tuple[Passage, ...] = ()
    is_sure: bool = False
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class Tool:
    """Something an assistant may do. `run` takes checked arguments; it must not block the loop.

    `hears` finds by rules what a conversation's last turn asks of the tool, or None: so models that
    cannot call functions use it too.
    """

    name: str
    description: str
    schema: Mapping[str, Any]  # JSON Schema of the arguments
    run: Callable[[Mapping[str, Any]], Awaitable[Found]]
    hears: Callable[[Sequence[Turn]], Awaitable[Mapping[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class ToolUse:
    """One use of a tool. While it runs `ms` is None; `error` is the code of what went wrong."""

    name: str
    arguments: Mapping[str, Any]
    result: str = ""
    count: int | None = None
    ms: int | None = None
    error: str = ""
    passages: tuple[Passage, ...] = ()
    is_sure: bool = False  # that the passages answer
    is_answer: bool = False  # the result is

    def told(self) -> dict[str, Any]:
        """What everybody is told of it, as JSON values: what was done, not what comes of it."""
        fields = ("name", "arguments", "result", "count", "ms", "error")
        return {name: getattr(self, name) for name in fields}


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that an answer cites: it stands behind the number `n` in the text."""

    n: int
    passage: Passage
