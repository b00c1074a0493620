"""The work on one document: who may go on with it, and the signs of life of whoever does.

A claim gives the document a new attempt number; everything written later asks for that number, so
that a worker which was thought dead writes nothing any more.
"""

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from operator import itemgetter

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from rag.models import Corpus, Document
from rag.types import AT_WORK, DocumentState

logger = structlog.get_logger(__name__)

BEAT_S = 3.0
LEASE = timedelta(seconds=15)  # without a sign of life for so long, somebody else goes on


class SupersededError(Exception):
    """Somebody else works on the document by now, or it is gone."""


class Work:
    """A claimed document. `document` is the row as it was claimed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._mine = Document.objects.filter(pk=document.pk, attempt=document.attempt)

    def note(self, **fields: object) -> None:
        """Write fields of the document, with a sign of life. Raises SupersededError.

        Inside a transaction it also holds off others until its end.
        """
        if not self._mine.update(seen_at=timezone.now(), **fields):
            raise SupersededError
        for name, value in fields.items():
            setattr(self.document, name, value)

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Gives signs of life for as long as the block runs."""
        over = threading.Event()
        beating = threading.Thread(target=self._beat, args=(over,), daemon=True)
        beating.start()
        try:
            yield
        finally:
            over.set()
            beating.join()

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(BEAT_S):
            try:
                self._mine.update(seen_at=timezone.now())
            except DatabaseError as error:  # the work itself will hear of it
                logger.warning("sign_of_life_failed", document=self.document.pk, error=str(error))
            finally:
                connection.close()


@transaction.atomic
def claim_next(corpus: int | None = None) -> Work | None:
    """Take a document that waits, of one corpus or of all.

    Owners take turns, so that whoever hands in thousands stops nobody else. Of an owner's, what has
    waited longest goes first, in a corpus of which nothing is worked on before the others.
    """
    waiting = Document.objects.filter(state=DocumentState.QUEUED).order_by("pk")
    if corpus is not None:
        document = _first(waiting.filter(corpus=corpus))
    else:
        turns = (_first(waiting.filter(corpus__in=own)) for own in map(_corpora_of, _turns()))
        document = next(filter(None, turns), None)
    if document is None:
        return None
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.READING,
        attempt=F("attempt") + 1,
        tries=F("tries") + 1,
        seen_at=timezone.now(),
    )
    document.refresh_from_db()
    return Work(document)


def _turns() -> list[int]:
    """The owners for whom something waits: those for whom nobody works first, else drawn by lot.

    A lot needs no record of who came last, and everybody comes to be drawn.
    """
    queued = Document.objects.filter(corpus=OuterRef("pk"), state=DocumentState.QUEUED)
    at_work = Document.objects.filter(corpus__owner=OuterRef("owner"), state__in=AT_WORK)
    owners = Corpus.objects.filter(Exists(queued)).order_by().values("owner").distinct()
    drawn = owners.annotate(is_served=Exists(at_work)).values_list("owner", "is_served")
    shuffled = random.sample(list(drawn), len(drawn))
    return [owner for owner, _ in sorted(shuffled, key=itemgetter(1))]


def _corpora_of(owner: int) -> QuerySet[Corpus]:
    return Corpus.objects.filter(owner=owner)


def _first(waiting: QuerySet[Document]) -> Document | None:
    busy = Document.objects.filter(state__in=AT_WORK).values("corpus")
    free = waiting.select_for_update(skip_locked=True)
    return free.exclude(corpus__in=busy).first() or free.first()
