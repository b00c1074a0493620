"""The folder of large files that all clones on a machine share, and who may work on one of them."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def cache_folder() -> Path:
    """`ECHOMIND_CACHE`, else ~/.cache/echomind."""
    return Path(os.environ.get("ECHOMIND_CACHE") or "~/.cache/echomind").expanduser()


@contextmanager
def alone(path: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """One process at a time works on `path`; the kernel frees the lock of a dead one.

    `tell` hears a sentence if another one is at it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(path.name + ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"Another process makes {path.name}; waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
