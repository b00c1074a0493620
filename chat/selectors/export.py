"""Transcripts as files: Markdown for people, JSON lines for programs. UTF-8, in pieces."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from django.utils import timezone
from django.utils.text import slugify

from chat.models import Room
from chat.selectors.transcripts import Said, last_said_at, transcript

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_LANGUAGES = {"zh-hant": "zh"}


def markdown(room: Room, title: str) -> Iterator[bytes]:
    """A heading, then each message under its sender and time, in the site's time zone."""
    yield f"# {_one_line(title)}\n".encode()
    for page in transcript(room):
        yield "".join(map(_section, page)).encode()


def jsonl(rooms: Iterable[Room]) -> Iterator[bytes]:
    """One line a conversation: `timestamp` of its newest message, and `history`, the oldest turn first.

    Conversations in which nothing was said have no line.
    """
    for room in rooms:
        at = last_said_at(room)
        if at is not None:
            yield from _line(room, at)


def log_name(language: str) -> str:
    """The name of the file with the conversations of one language."""
    return f"chat_logs_{_LANGUAGES.get(language, language)}.jsonl"


def markdown_name(room: Room, title: str) -> str:
    """A file name that says what is in it and is allowed everywhere."""
    return f"{slugify(title, allow_unicode=True) or room.slug}.md"


def _line(room: Room, at: datetime) -> Iterator[bytes]:
    yield b'{"timestamp":%s,"history":[' % msgspec.json.encode(timezone.localtime(at))
    comma = b""
    for page in transcript(room):
        turns = [msgspec.json.encode({"role": s.role, "content": s.text}) for s in page]
        if turns:
            yield comma + b",".join(turns)
            comma = b","
    yield b"]}\n"


def _section(said: Said) -> str:
    at = timezone.localtime(said.at).strftime("%Y-%m-%d %H:%M")
    return f"\n## {_one_line(said.sender)} · {at}\n\n{said.text}\n{_closing(said.text)}"


def _closing(text: str) -> str:
    """The end of a code block that the text leaves open, which would swallow all that follows."""
    open_fence = ""
    for fence in _FENCE.findall(text):
        if not open_fence:
            open_fence = fence
        elif fence.startswith(open_fence):
            open_fence = ""
    return f"{open_fence}\n" if open_fence else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
