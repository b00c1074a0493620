"""The Celery queues, each with the reason for which it exists."""

from enum import StrEnum


class Queue(StrEnum):
    """A queue is what one kind of worker is started for."""

    REPLIES = "replies"  # waits on a model server for minutes: many threads, little CPU
    GPU = "gpu"  # the same on a machine whose worker owns the vLLM server that it streams from
    INGEST = "ingest"  # reads and indexes documents: much CPU, nobody waits for it
    IMAGES = "images"  # draws pictures: all processor, so few threads and a process of its own
    UPKEEP = "upkeep"  # short sweeps that must run even while every reply thread is busy
