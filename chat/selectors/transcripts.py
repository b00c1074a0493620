"""What was said in a room, for a file: page by page, so that a long history never stands in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from accounts.types import UserKind
from chat.models import Message, Reply, Room

PAGE = 200  # messages


@dataclass(frozen=True, slots=True)
class Said:
    """One message in the words of a transcript."""

    role: Literal["user", "assistant"]
    sender: str
    at: datetime
    text: str


def transcript(room: Room) -> Iterator[list[Said]]:
    """Pages of what was said up to the room's number, oldest first.

    Deleted messages are left out. Of an answer's versions the newest stands where the first one stood.
    """
    said = Message.objects.filter(room=room, seq__lte=room.seq, removed_at=None).exclude(text="")
    after = 0
    while page := list(said.filter(seq__gt=after).select_related("author").order_by("seq")[:PAGE]):
        after = page[-1].seq
        instead = _versions(page)
        shown = [(message, instead.get(message.pk, message.text)) for message in page]
        yield [_said(message, text) for message, text in shown if text]


def last_said_at(room: Room) -> datetime | None:
    """When the newest message of the transcript came; None where it is empty."""
    said = Message.objects.filter(room=room, seq__lte=room.seq, removed_at=None).exclude(text="")
    return said.order_by("-seq").values_list("created_at", flat=True).first()


def _versions(page: Sequence[Message]) -> dict[int, str]:
    """By the id of an answer with other versions: the newest text at the first of them, else nothing."""
    questions = Reply.objects.filter(answer__in=page).values("question")
    replies = (
        Reply.objects.filter(question__in=questions, answer__removed_at=None)
        .exclude(answer__text="")
        .select_related("answer")
        .order_by("question", "assistant", "version", "created_at")
    )
    instead: dict[int, str] = {}
    for _, versions in groupby(replies, key=lambda reply: (reply.question_id, reply.assistant_id)):
        answers = [reply.answer for reply in versions if reply.answer]
        instead |= {answer.pk: "" for answer in answers}
        instead |= {answers[0].pk: answers[-1].text}
    return instead


def _said(message: Message, text: str) -> Said:
    by_assistant = message.author.kind == UserKind.ASSISTANT
    return Said(
        role="assistant" if by_assistant else "user",
        sender=message.author.shown_name,
        at=message.created_at,
        text=text,
    )
