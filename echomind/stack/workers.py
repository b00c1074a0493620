"""Celery: the workers that write replies, do upkeep and index, and beat, which gives the time."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from echomind.common.queues import Queue
from echomind.stack.child import Program
from echomind.stack.service import Service

UPKEEP_THREADS = 4
INDEXING_THREADS = 2  # one reads while the other's vectors are computed
INDEXING_NICENESS = 10  # nobody waits for an index as for an answer or a page
DRAWING_NICENESS = 10  # drawing takes all the processor it gets; chat goes first
DRAWING_THREADS = 2  # one may wait for the other's generator to be opened
REPLY_GRACE_S = 6.0  # a reply that needs longer is taken up again at the next start


class Worker(Service):
    """One worker process; threads, because a reply is nearly all waiting."""

    name = "worker"
    queues: Sequence[Queue] = (Queue.REPLIES, Queue.UPKEEP)
    node = "celery"  # its name in the broker, before the machine's
    niceness = 0

    def __init__(self, environment: Mapping[str, str], log: Path, replies_at_once: int) -> None:
        super().__init__()
        self.environment, self.log = environment, log
        self.threads = replies_at_once + UPKEEP_THREADS

    def program(self) -> Program:
        argv = ["-Q", ",".join(self.queues), "-P", "threads", "-c", str(self.threads)]
        name = ["-n", f"{self.node}@%h"]
        return Program(
            argv=[*_celery("worker"), *argv, *name, "--without-gossip", "--without-mingle"],
            log=self.log,
            environment=self.environment,
            grace_s=REPLY_GRACE_S,
            niceness=self.niceness,
        )

    def is_ready(self) -> bool:
        return self.is_running  # the site's own /readyz asks the worker through the broker


class StreamingWorker(Worker):
    """The worker beside a vLLM server; it writes the replies that wait for a GPU."""

    name = "gpu-worker"
    queues = (Queue.GPU,)
    node = "gpu"


class IndexingWorker(Worker):
    """The worker that reads and indexes documents; what it leaves at its end is gone on with."""

    name = "ingest-worker"
    queues = (Queue.INGEST,)
    node = "ingest"
    niceness = INDEXING_NICENESS

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        super().__init__(environment, log, replies_at_once=0)
        self.threads = INDEXING_THREADS


class ImagesWorker(Worker):
    """The worker that draws pictures, apart from replies: drawing takes the processor."""

    name = "images-worker"
    queues = (Queue.IMAGES,)
    node = "images"
    niceness = DRAWING_NICENESS

    def __init__(self, environment: Mapping[str, str], log: Path) -> None:
        super().__init__(environment, log, replies_at_once=0)
        self.threads = DRAWING_THREADS


class Beat(Service):
    """The clock of periodic tasks; its memory of last runs lies in `schedule`."""

    name = "beat"

    def __init__(self, environment: Mapping[str, str], log: Path, schedule: Path) -> None:
        super().__init__()
        self.environment, self.log, self.schedule = environment, log, schedule

    def program(self) -> Program:
        return Program(
            argv=[*_celery("beat"), "--schedule", str(self.schedule), "--pidfile="],
            log=self.log,
            environment=self.environment,
        )

    def is_ready(self) -> bool:
        return self.is_running


def _celery(command: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", "echomind.celery", command, "--loglevel", "INFO"]
