"""How many chunks corpora have, counted at most once a minute in each process."""

from collections.abc import Collection
from time import monotonic

from django.db.models import Count

from rag.models import Chunk

KEPT_S = 60.0

_counted: dict[int, tuple[float, int]] = {}  # by corpus: when, and how many


def size_of(corpora: Collection[int]) -> int:
    """Roughly, and all that is there: it decides how to search and never what is found."""
    now = monotonic()
    unknown = [pk for pk in corpora if pk not in _counted or now - _counted[pk][0] > KEPT_S]
    if unknown:
        rows = Chunk.objects.filter(corpus__in=unknown).order_by().values_list("corpus")
        counts = dict(rows.annotate(count=Count("pk")))
        _counted.update((pk, (now, counts.get(pk, 0))) for pk in unknown)
    return sum(_counted[pk][1] for pk in corpora)


def forget() -> None:
    """Count anew at the next search."""
    _counted.clear()
