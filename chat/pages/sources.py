"""The passages behind an answer as rows of a list; the same for the page and its script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from chat.wire import MessageWire


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One passage that was read; `n` is its number in the answer, if that cites it."""

    title: str
    address: str
    n: int | None
    score: float


def sources_words() -> str:
    """What stands on the closed list."""
    return _("Sources · {count}")


def source_rows(message: MessageWire | None) -> list[SourceRow]:
    """The passages of a message; only answers have any."""
    reply = message.reply if message else None
    if message is None or reply is None or reply.assistant != message.author.username:
        return []
    return rows_of_passages(reply.id, reply.passport)


def rows_of_passages(reply: str, passport: Mapping[str, Any]) -> list[SourceRow]:
    """The rows of what a passport tells."""
    return [
        SourceRow(
            title=passage["title"],
            address=reverse("chat:passage", args=[reply, passage["number"]]),
            n=passage["n"],
            score=round(passage["score"], 3),
        )
        for passage in passport.get("passages", ())
    ]
