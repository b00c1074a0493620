"""What all changes of a memory share: they are counted, and one waits for the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from ai.memory.store import drop, place_of
from ai.models import Memory


@contextmanager
def changing(conversation: str) -> Iterator[Memory]:
    """A transaction in which this memory may be changed; others wait for its end."""
    with transaction.atomic():
        Memory.objects.bulk_create([Memory(conversation=conversation)], ignore_conflicts=True)
        memory = Memory.objects.select_for_update().get(conversation=conversation)
        memory.revision += 1
        memory.save(update_fields=["revision"])
        yield memory
        transaction.on_commit(lambda: drop(place_of(conversation)))


def count_change(place: str) -> bool:
    """Count a change of every memory of a place; False where there is none."""
    return bool(
        Memory.objects.filter(conversation__startswith=f"{place}:").update(
            revision=F("revision") + 1
        )
    )
