"""The order in which waiting replies are written: in turns between people, then by time.

Each queue of workers has a line of its own; a reply's place is its place in that line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, Greatest, RowNumber

from chat.models import Reply
from chat.types import ReplyState


def fair_order() -> QuerySet[Reply]:
    """Waiting replies, the next one of a queue before its others.

    A person's n-th waiting reply stands behind everybody's (n-1)-th; replies of theirs that are being
    written count as earlier ones. Among n-ths, whoever's reply ended last has waited since then, not
    since the question: or one who asks ten at once would be first ten times.
    """
    writing = (
        Reply.objects.filter(
            state=ReplyState.WRITING, asker=OuterRef("asker"), queue=OuterRef("queue")
        )
        .order_by()
        .values("asker")
        .annotate(count=Count("pk"))
        .values("count")
    )
    ended = Reply.objects.filter(
        asker=OuterRef("asker"), queue=OuterRef("queue"), finished_at__gt=OuterRef("queued_at")
    ).order_by("-finished_at")
    waiting_since = Greatest("queued_at", Subquery(ended.values("finished_at")[:1]))
    nth = Window(
        RowNumber(), partition_by=[F("asker"), F("queue")], order_by=[F("queued_at").asc()]
    )
    return (
        Reply.objects.filter(state=ReplyState.QUEUED)
        .annotate(nth=nth, writing=Coalesce(Subquery(writing), 0))
        .order_by(F("nth") + F("writing"), waiting_since, "queued_at")
    )


def placed(replies: Iterable[Reply]) -> Iterator[tuple[int, Reply]]:
    """Replies in the fair order, each with its place in its queue, from 1."""
    reached: Counter[str] = Counter()
    for reply in replies:
        reached[reply.queue] += 1
        yield reached[reply.queue], reply
