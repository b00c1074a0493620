"""The transcript as rows: where a day begins, which posts stand together, what is new.

Of the versions of an answer the newest one is shown, in the place of the first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.types import UserKind
from chat.wire import MessageWire

TOGETHER = timedelta(minutes=5)  # as in static/js/chat/timeline/arrange.js


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads, and up to which event they had read."""

    username: str
    last_read_seq: int


@dataclass(frozen=True, slots=True)
class Row:
    """A message and what stands above it; `day` is set where a day begins.

    `seq` is that of its place: of the first of its versions.
    """

    message: MessageWire
    seq: int
    day: datetime | None
    first_unread: bool
    follows: bool
    quoted: bool


def rows_of(messages: Iterable[MessageWire], reading: Reading) -> Iterator[Row]:
    """Rows for messages, oldest first."""
    previous: MessageWire | None = None
    marked = False
    for message, shown in _in_place(messages):
        begins = previous is None or _day(previous) != _day(message)
        first_unread = not marked and _is_unread(message, reading)
        marked = marked or first_unread
        yield Row(
            message=shown,
            seq=message.seq,
            day=timezone.localtime(message.created_at) if begins else None,
            first_unread=first_unread,
            follows=previous is not None
            and not (begins or first_unread)
            and _follows(message, previous),
            quoted=_is_quoted(message, previous),
        )
        previous = message


def _in_place(messages: Iterable[MessageWire]) -> list[tuple[MessageWire, MessageWire]]:
    """The first version of each message, whose place it is, and the newest one, which is shown."""
    versions: dict[object, list[MessageWire]] = {}
    for message in messages:
        is_answer = message.reply and message.reply.assistant == message.author.username
        key = (message.reply_to, message.author.username) if is_answer else message.id
        versions.setdefault(key, []).append(message)
    return [(known[0], known[-1]) for known in versions.values()]


def _day(message: MessageWire) -> object:
    return timezone.localtime(message.created_at).date()


def _is_unread(message: MessageWire, reading: Reading) -> bool:
    return message.seq > reading.last_read_seq and message.author.username != reading.username


def _follows(message: MessageWire, previous: MessageWire) -> bool:
    return (
        message.quote is None
        and message.author.username == previous.author.username
        and message.to.username == previous.to.username
        and message.created_at - previous.created_at < TOGETHER
    )


def _is_quoted(message: MessageWire, previous: MessageWire | None) -> bool:
    """An assistant's answer right below its question needs no quotation of it."""
    if message.quote is None or not message.quote.text:
        return False
    answers_above = previous is not None and previous.id == message.reply_to
    return not (answers_above and message.author.kind == UserKind.ASSISTANT)
