"""Which processes a site started, so that the next start can end what a kill -9 left behind."""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil

from echomind.stack.errors import StackError
from echomind.stack.secrets import write_private
from echomind.stack.service import Service

PATIENCE_S = 20.0


@contextmanager
def only_one_here(run: Path) -> Iterator[None]:
    """Hold the folder's lock. Raises StackError when another `up` uses the same VAR."""
    run.mkdir(parents=True, exist_ok=True)
    with (run / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = (run / "lock").read_text().strip()
            raise StackError(f"EchoMind already runs on {run.parent} (process {holder}).") from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def note_children(run: Path, services: Iterable[Service]) -> None:
    """Write down who runs now; a process is known by its number and the time it began."""
    children = [
        {"name": service.name, "pid": process.pid, "created": process.create_time()}
        for service in services
        if (process := _process(service)) is not None
    ]
    write_private(run / "children.json", json.dumps(children, indent=1))


def end_leftovers(run: Path) -> list[str]:
    """End the noted processes that still live; returns their names."""
    note = run / "children.json"
    noted = json.loads(note.read_text()) if note.exists() else []
    living = {entry["name"]: process for entry in noted if (process := _living(entry))}
    for process in living.values():
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _, stubborn = psutil.wait_procs(living.values(), timeout=PATIENCE_S)
    for process in stubborn:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    note.unlink(missing_ok=True)
    return list(living)


def _process(service: Service) -> psutil.Process | None:
    if service.child is None or not service.is_running:
        return None
    try:
        return psutil.Process(service.child.pid)
    except psutil.NoSuchProcess:
        return None


def _living(entry: dict[str, Any]) -> psutil.Process | None:
    try:
        process = psutil.Process(entry["pid"])
        return process if process.create_time() == entry["created"] else None
    except psutil.NoSuchProcess:
        return None
