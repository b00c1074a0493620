"""Indexes a corpus in this process, by several threads, until nothing of it waits."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils import timezone

from rag.models import Corpus, Document
from rag.services.indexing import index_next
from rag.services.upkeep import resume_abandoned
from rag.types import AT_WORK, PENDING, DocumentState

LOOK_S = 0.5  # between two looks at the progress


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `completed` counts documents, those at work by their share."""

    documents: int
    completed: float
    chunks: int
    seconds: float


class IngestRun:
    """One run over a corpus. What other workers index of it meanwhile counts as well."""

    def __init__(self, corpus: Corpus, threads: int) -> None:
        self._corpus, self._threads = corpus.pk, threads
        self.began = timezone.now()
        self._clock = time.monotonic()
        self._over = threading.Event()

    def run(self, tell: Callable[[Progress], None]) -> Progress:
        """Index until nothing waits, telling the progress. What broke a thread is raised here.

        An interruption lets each thread finish its document; what waits then goes on waiting.
        """
        with ThreadPoolExecutor(self._threads) as pool:
            threads = [pool.submit(self._work) for _ in range(self._threads)]
            try:
                while wait(threads, timeout=LOOK_S).not_done:
                    tell(self.progress())
            finally:
                self._over.set()
        for thread in threads:
            thread.result()
        outcome = self.progress()
        tell(outcome)
        return outcome

    def progress(self) -> Progress:
        """Counts what was finished since the run began, and what still waits."""
        mine = Document.objects.filter(corpus=self._corpus)
        finished = ~Q(state__in=PENDING) & Q(seen_at__gte=self.began)
        counts = mine.aggregate(
            finished=Count("pk", filter=finished),
            pending=Count("pk", filter=Q(state__in=PENDING)),
            chunks=Sum("done", filter=Q(seen_at__gte=self.began), default=0),
        )
        at_work = mine.filter(state__in=AT_WORK, total__gt=0).values_list("done", "total")
        shares = sum(done / total for done, total in at_work)
        return Progress(
            documents=counts["finished"] + counts["pending"],
            completed=counts["finished"] + shares,
            chunks=counts["chunks"],
            seconds=time.monotonic() - self._clock,
        )

    def _work(self) -> None:
        try:
            while not self._over.is_set():
                if not index_next(self._corpus) and not self._others_are_at_it():
                    break
        finally:
            connection.close()

    def _others_are_at_it(self) -> bool:
        """Wait for what others work on: it may bring new documents, or be left by a dead worker."""
        pending = Document.objects.filter(corpus=self._corpus, state__in=PENDING)
        if not pending.exists():
            return False
        resume_abandoned()
        if not pending.filter(state=DocumentState.QUEUED).exists():
            self._over.wait(LOOK_S)
        return True
