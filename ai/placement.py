"""Which kind of worker writes a reply: an ordinary one, or the GPU worker that owns the server.

A GPU worker owns a model server for as long as it shows signs of life, and nobody else may own it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ai.models import ModelServer
from ai.routing import Wishes, first_server
from echomind.common.queues import Queue

SIGN_EVERY = timedelta(seconds=5)
SILENT_AFTER = 3 * SIGN_EVERY


def queue_for(*, assistant: int, wishes: Wishes) -> Queue:
    """The queue of a reply by this assistant (a user's id). One query where no GPU worker lives."""
    owned = _owned_servers()
    at_gpu = bool(owned) and first_server(assistant, wishes) in owned
    return Queue.GPU if at_gpu else Queue.REPLIES


def take_server(server: ModelServer) -> bool:
    """Make a GPU worker the owner of this server, unless it has a living one."""
    unowned = Q(worker_seen_at=None) | Q(worker_seen_at__lt=_silence_began())
    rows = ModelServer.objects.filter(unowned, pk=server.pk)
    return bool(rows.update(worker_seen_at=timezone.now()))


def show_life(server: ModelServer) -> None:
    """Stay its owner. Call every `SIGN_EVERY` while the server answers."""
    ModelServer.objects.filter(pk=server.pk).update(worker_seen_at=timezone.now())


def give_up_server(server: ModelServer) -> None:
    """Own it no more: from now on ordinary workers write its replies."""
    ModelServer.objects.filter(pk=server.pk).update(worker_seen_at=None)


def _owned_servers() -> Collection[int]:
    living = ModelServer.objects.filter(worker_seen_at__gte=_silence_began())
    return set(living.values_list("pk", flat=True))


def _silence_began() -> datetime:
    return timezone.now() - SILENT_AFTER
