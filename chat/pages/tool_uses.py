"""What an assistant did with tools, in the reader's words; the same for the page and its script."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ai import errors
from chat.wire import MessageWire
from echomind.common.errors import EchoMindError
from rag.errors import EmbedderMissingError, QueryInvalidError

FAILURES: tuple[type[EchoMindError], ...] = (
    errors.ToolArgumentsError,
    errors.ToolCallsSpentError,
    errors.ToolFailedError,
    errors.ToolTooSlowError,
    errors.ToolUnknownError,
    EmbedderMissingError,
    QueryInvalidError,
)


@dataclass(frozen=True, slots=True)
class ToolUseRow:
    """One chip below an answer: `words` on it, `asked` and `found` in it."""

    words: str
    asked: str
    found: str
    failed: bool


def tool_strings() -> dict[str, str]:
    """The words of the chips by key; `static/js/chat/timeline/tool_uses.js` fills them in."""
    words: dict[str, str | Promise] = {
        "tool_site_data": _("Looked into the rooms"),
        "tool_search_documents": _("Searched the documents"),
        "tool_small_model": _("Weighed the mood"),
        "tool_draw_picture": _("Drew a picture"),
        "tool": _("Asked for a tool"),
        "tool_runs": _("{tool} …"),
        "tool_found": _("{tool} · {count} found"),
        "tool_failed": _("{tool} · {error}"),
    }
    sentences = {f"error_{kind.code}": kind.sentence for kind in FAILURES}
    return {key: str(text) for key, text in (words | sentences).items()}


def tool_rows(message: MessageWire | None) -> list[ToolUseRow]:
    """The chips of a message; only answers have any."""
    reply = message.reply if message else None
    if message is None or reply is None or reply.assistant != message.author.username:
        return []
    return use_rows(reply.passport)


def use_rows(passport: Mapping[str, Any]) -> list[ToolUseRow]:
    """The chips of what a passport tells."""
    strings = tool_strings()
    return [_row(use, strings) for use in passport.get("tools", ())]


def _row(use: Mapping[str, Any], strings: Mapping[str, str]) -> ToolUseRow:
    tool = strings.get(f"tool_{use['name']}", strings["tool"])
    error = strings.get(f"error_{use['error']}", use["error"])
    words = "{tool}" if use["count"] is None else strings["tool_found"]
    words = strings["tool_failed"] if use["error"] else words
    asked = " · ".join(f"{name}: {value}" for name, value in use["arguments"].items())
    return ToolUseRow(
        words=words.format(tool=tool, count=use["count"], error=error),
        asked=asked or use["name"],
        found=use["result"],
        failed=bool(use["error"]),
    )
