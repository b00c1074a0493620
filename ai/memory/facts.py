"""Facts: what people pin, what a model notices, and how they are corrected and forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from ai.errors import FactInvalidError, FactNotFoundError, FactsFullError
from ai.memory.changes import changing
from ai.models import Fact
from ai.types import FACT_LENGTH
from echomind.common.text import is_safe, is_visible, one_line

MOST_FACTS = 50  # of one conversation
MOST_NOTICED = 20  # of them noticed by the assistant itself


@dataclass(frozen=True, slots=True)
class Noticed:
    """A fact that a model proposes, from message number `message`."""

    message: int
    text: str


def remember_fact(*, conversation: str, text: str, message: int | None, by: int) -> int:
    """Pin a fact; returns its id. The same text twice is one fact.

    Raises FactInvalidError and FactsFullError.
    """
    text = checked_fact(text)
    with changing(conversation):
        known = _known(conversation)
        same = known.filter(text=text).first()
        if same:
            return same.pk
        if known.count() >= MOST_FACTS:
            raise FactsFullError(limit=MOST_FACTS)
        fact = Fact.objects.create(
            conversation=conversation, text=text, message=message, pinned_by_id=by
        )
    return fact.pk


def correct_fact(*, conversation: str, fact: int, text: str, by: int) -> None:
    """Give a fact another text; from then on it is that person's.

    Raises FactNotFoundError and FactInvalidError.
    """
    text = checked_fact(text)
    with changing(conversation):
        if not _known(conversation).filter(pk=fact).update(text=text, pinned_by=by):
            raise FactNotFoundError


def forget_fact(*, conversation: str, fact: int) -> None:
    """Take a fact away for good. Raises FactNotFoundError."""
    with changing(conversation):
        if not forget_all(_known(conversation).filter(pk=fact)):
            raise FactNotFoundError


def notice(conversation: str, proposals: Iterable[Noticed]) -> None:
    """Keep what a model proposes, but nothing that was known, or forgotten. Call in `changing`."""
    rows = Fact.objects.filter(conversation=conversation)
    texts = {text.casefold() for text in rows.values_list("text", flat=True)}
    spent = set(rows.exclude(forgotten_at=None).values_list("message", flat=True))
    free = min(
        MOST_FACTS - _known(conversation).count(),
        MOST_NOTICED - _known(conversation).filter(pinned_by=None).count(),
    )
    fresh = [
        Fact(conversation=conversation, message=noticed.message, text=noticed.text)
        for noticed in proposals
        if noticed.message not in spent and noticed.text.casefold() not in texts
    ]
    Fact.objects.bulk_create(fresh[: max(0, free)])


def forget_all(facts: QuerySet[Fact]) -> int:
    """Take these facts away; returns how many. Call in `changing`."""
    return facts.update(text="", forgotten_at=timezone.now())


def checked_fact(text: str) -> str:
    """The text as it will be kept, on one line. Raises FactInvalidError."""
    text = one_line(text[: 2 * FACT_LENGTH])
    if not is_visible(text) or not is_safe(text) or len(text) > FACT_LENGTH:
        raise FactInvalidError(limit=FACT_LENGTH)
    return text


def _known(conversation: str) -> QuerySet[Fact]:
    return Fact.objects.filter(conversation=conversation, forgotten_at=None)
