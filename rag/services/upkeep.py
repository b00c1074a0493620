"""The sweep that keeps documents moving when a worker or the broker went away."""

import structlog
from django.utils import timezone

from rag.errors import WorkerLostError
from rag.models import Document
from rag.services.documents import announce_work
from rag.services.work import LEASE
from rag.types import AT_WORK, DocumentState

logger = structlog.get_logger(__name__)

MAX_TRIES = 3  # without getting on: perhaps it is the document that ends its workers
BELLS = 20  # as many documents are called for at once


def resume_abandoned() -> None:
    """Queue again what dead workers left, or fail it after the third without getting on."""
    left = Document.objects.filter(state__in=AT_WORK, seen_at__lt=timezone.now() - LEASE)
    for document in left.only("pk", "attempt", "tries"):
        logger.warning("document_abandoned", document=document.pk, attempt=document.attempt)
        mine = left.filter(pk=document.pk, attempt=document.attempt)
        if document.tries >= MAX_TRIES:
            mine.update(state=DocumentState.FAILED, code=WorkerLostError.code)
        else:
            mine.update(state=DocumentState.QUEUED)


def call_for_waiting() -> None:
    """Ring again for documents that wait while nobody works: the broker may have lost the bells."""
    if Document.objects.filter(state__in=AT_WORK).exists():
        return
    waiting = Document.objects.filter(state=DocumentState.QUEUED)[:BELLS]
    for _ in range(len(waiting.values_list("pk"))):
        announce_work()
