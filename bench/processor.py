"""Processor time: keeps processes on chosen cores, and reads what they have used."""

import os
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass

import psutil

_PER_PROCESS = 2  # CPUCLOCK_SCHED of linux/posix-timers.h: what the scheduler has counted


@dataclass(frozen=True, slots=True)
class Cores:
    """The cores of the measured server, and those of everything else."""

    server: tuple[int, ...]
    load: tuple[int, ...]


def split_cores() -> Cores:
    """One core for the server and the rest for the load; on a single core they share it."""
    first, *others = sorted(os.sched_getaffinity(0))
    return Cores(server=(first,), load=tuple(others or (first,)))


def every_core() -> Cores:
    """No separation: for a language model, which takes all that there is."""
    cores = tuple(range(os.cpu_count() or 1))
    return Cores(server=cores, load=cores)


def pin(pid: int, cores: Collection[int]) -> None:
    """Keep a process, its children and all their threads on these cores."""
    for member in family([pid]):
        for thread in psutil.Process(member).threads():
            with suppress(ProcessLookupError):  # a thread may end meanwhile
                os.sched_setaffinity(thread.id, cores)


def family(pids: Iterable[int]) -> list[int]:
    """The processes and everything they started, as it is now: Postgres forks for each connection."""
    processes = [psutil.Process(pid) for pid in pids]
    children = [child for process in processes for child in process.children(recursive=True)]
    return [process.pid for process in [*processes, *children]]


def cpu_seconds(pids: Iterable[int]) -> float:
    """Processor time that processes have used since they began, to the nanosecond."""
    return sum(time.clock_gettime((~pid << 3) | _PER_PROCESS) for pid in pids)
