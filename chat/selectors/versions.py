"""The versions of an answer: which number each has, and which one the conversation goes on from."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max

from chat.models import Message, Reply

Key = tuple[int | None, int]  # ids of the question and of the assistant


@dataclass(frozen=True, slots=True)
class Place:
    """One among the answers that there are to a question by an assistant, from 1."""

    version: int = 1
    versions: int = 1


def next_version(question_id: int, assistant_id: int) -> int:
    """The number of another reply. Call with the question locked, where two may ask for one at once."""
    earlier = Reply.objects.filter(question=question_id, assistant=assistant_id)
    newest: int | None = earlier.aggregate(Max("version"))["version__max"]
    return (newest or 0) + 1


def replies_to(question_ids: Iterable[int]) -> list[Reply]:
    """All replies to these questions, oldest first, as `places` and wires need them. One statement."""
    rows = Reply.objects.filter(question__in=question_ids).select_related("assistant")
    return list(
        rows.defer("prompt", "wishes", "then")  # nobody is shown them, and a prompt is long
        .annotate(answer_gone=F("answer__removed_at"))
        .order_by("created_at")
    )


def places(replies: Iterable[Reply]) -> dict[uuid.UUID, Place]:
    """The place of each reply among all those given. One without an answer stands behind the others."""
    answered: dict[Key, list[Reply]] = defaultdict(list)
    replies = sorted(replies, key=lambda reply: reply.version)
    for reply in replies:
        if _has_answer(reply):
            answered[_key(reply)].append(reply)
    found = {}
    for reply in replies:
        there = answered[_key(reply)]
        version = (there.index(reply) if reply in there else len(there)) + 1
        found[reply.pk] = Place(version, max(version, len(there)))
    return found


def newest_versions(messages: Iterable[Message]) -> list[Message]:
    """The messages, with the newest version of each answer in the place of the first that is there."""
    messages = list(messages)
    newest = _newest_answers({message.reply_to_id for message in messages if message.reply_to_id})
    shown: dict[Key | int, Message] = {}
    for message in messages:
        key = (message.reply_to_id, message.author_id)
        shown.setdefault(key if key in newest else message.pk, newest.get(key, message))
    return list(shown.values())


def _newest_answers(question_ids: Iterable[int]) -> dict[Key, Message]:
    """Of the answers that have several versions, the newest one with words in it."""
    again = Reply.objects.filter(
        question__in=question_ids, version__gt=1, answer__removed_at=None
    ).exclude(answer__text="")
    rows = again.exclude(answer=None).select_related("answer__author").order_by("version")
    return {_key(reply): reply.answer for reply in rows.defer("prompt") if reply.answer}


def _key(reply: Reply) -> Key:
    return reply.question_id, reply.assistant_id


def _has_answer(reply: Reply) -> bool:
    return reply.answer_id is not None and vars(reply)["answer_gone"] is None
