"""What goes when a message changes, when people clear a memory, and when a conversation ends."""

from django.db import transaction
from django.db.models import Q

from ai.errors import SummaryInvalidError
from ai.memory.changes import changing, count_change
from ai.memory.facts import forget_all
from ai.memory.store import drop
from ai.models import Fact, Memory, Summary
from ai.types import SUMMARY_LENGTH
from echomind.common.text import is_safe, one_line


def forget_message(*, place: str, message: int) -> None:
    """Take along what came from a message that was edited or deleted: facts, and the summaries
    that cover it. Call in the transaction that changes the message.
    """
    transaction.on_commit(lambda: drop(place))
    if not count_change(place):
        return
    here = Q(conversation__startswith=f"{place}:")
    Summary.objects.filter(here, until__gte=message).delete()
    forget_all(Fact.objects.filter(here, message=message, forgotten_at=None))


def rewrite_summary(*, conversation: str, text: str) -> None:
    """Put another text in the place of the newest summary; an empty one begins the memory there.

    Raises SummaryInvalidError.
    """
    text = one_line(text)
    if len(text) > SUMMARY_LENGTH or not is_safe(text):
        raise SummaryInvalidError(limit=SUMMARY_LENGTH)
    with changing(conversation) as memory:
        summaries = Summary.objects.filter(conversation=conversation)
        newest = summaries.order_by("until").last()
        if newest is None:
            return
        if text:
            newest.text = text
            newest.save(update_fields=["text", "made_at"])
        else:
            _begin_after(memory, newest.until)


def clear_memory(*, conversation: str, until: int) -> None:
    """Forget the facts, the summaries and all turns up to message `until`."""
    with changing(conversation) as memory:
        forget_all(Fact.objects.filter(conversation=conversation, forgotten_at=None))
        _begin_after(memory, until)


def forget_conversations(*, place: str) -> None:
    """Remove every trace of what was remembered in a place that is gone."""
    here = Q(conversation__startswith=f"{place}:")
    with transaction.atomic():
        for rows in (Fact, Summary, Memory):
            rows.objects.filter(here).delete()
        transaction.on_commit(lambda: drop(place))


def _begin_after(memory: Memory, message: int) -> None:
    Summary.objects.filter(conversation=memory.conversation).delete()
    memory.since = max(memory.since, message)
    memory.save(update_fields=["since"])
