"""Reads what an assistant remembers: from the copy in Redis where it is of the present revision."""

from ai.memory import store
from ai.models import Fact, Memory, Summary
from ai.types import KnownFact, Recall


def recall(conversation: str) -> Recall:
    """What goes into a prompt besides the turns. One statement while nothing changes."""
    row = Memory.objects.filter(conversation=conversation).values_list("revision", "since").first()
    if row is None:
        return Recall()
    revision, since = row
    kept = store.load(conversation, store.KeptRecall)
    if kept and kept.revision == revision:
        return kept.recall
    fresh = _from_rows(conversation, since)
    store.keep(conversation, store.KeptRecall(revision, fresh))
    return fresh


def _from_rows(conversation: str, since: int) -> Recall:
    newest = Summary.objects.filter(conversation=conversation).order_by("until").last()
    facts = (
        Fact.objects.filter(conversation=conversation, forgotten_at=None)
        .select_related("pinned_by")
        .order_by("pk")
    )
    return Recall(
        summary=newest.text if newest else "",
        until=max(newest.until, since) if newest else since,
        since=since,
        facts=tuple(map(_known, facts)),
    )


def _known(fact: Fact) -> KnownFact:
    by = fact.pinned_by
    return KnownFact(fact.pk, fact.text, fact.message, by.shown_name if by else "")
