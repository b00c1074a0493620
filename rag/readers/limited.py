"""Reads files in a process of its own, which may use so much and no more."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from echomind.common.errors import EchoMindError
from rag import errors
from rag.readers.formats import format_of
from rag.readers.reading import Entry, Reading, RefusalError
from rag.types import LONGEST_TEXT

logger = structlog.get_logger(__name__)

ROOT = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "LANG", "LC_ALL")
STOPPED_BY_A_LIMIT = {-signal.SIGKILL, -signal.SIGXCPU, -signal.SIGXFSZ}
REFUSALS: Iterable[type[EchoMindError]] = (
    errors.FormatUnknownError,
    errors.FormatMismatchError,
    errors.NoTextError,
    errors.EncryptedError,
    errors.DocumentBrokenError,
    errors.TextTooLongError,
    errors.ReadingLimitError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: bytes of memory and of output, seconds."""

    memory: int = 1_000_000_000
    output: int = 200_000_000
    processor_s: int = 120
    wall_s: float = 300.0


def read_file(path: Path, name: str, limits: Limits = Limits()) -> Reading:
    """What is in the file at `path`, which is called `name`.

    Raises one of REFUSALS, or FileMissingError.
    """
    try:
        kind = format_of(name)
        with (
            path.open("rb") as file,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            status = _run(_argv(kind, limits), limits.wall_s, file, out, err)
            return _reading(status, out.read(), err.read())
    except FileNotFoundError as missing:
        raise errors.FileMissingError from missing
    except RefusalError as refusal:
        raise next(kind for kind in REFUSALS if kind.code == refusal.code) from refusal


def _argv(kind: str, limits: Limits) -> list[str]:
    bounds = (LONGEST_TEXT, limits.memory, limits.processor_s, limits.output)
    return [sys.executable, "-m", "rag.readers.child", kind, *map(str, bounds)]


def _environment() -> dict[str, str]:
    """What Python needs to start, and none of the site's secrets: a parser may be broken into."""
    return {name: os.environ[name] for name in PASSED_ON if name in os.environ}


def _run(argv: list[str], wall_s: float, file: Any, out: Any, err: Any) -> int:
    """The exit status; the outputs are wound back to their beginning."""
    try:
        status = subprocess.run(  # noqa: S603  (our own module)
            argv,
            cwd=ROOT,
            env=_environment(),
            stdin=file,
            stdout=out,
            stderr=err,
            timeout=wall_s,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        status = -signal.SIGKILL
    out.seek(0)
    err.seek(0)
    return status


def _reading(status: int, output: bytes, complaint: bytes) -> Reading:
    if status in STOPPED_BY_A_LIMIT:
        raise RefusalError("reading_limit")
    if status != 0:
        logger.warning(
            "reader_ended", status=status, complaint=complaint[-500:].decode(errors="replace")
        )
        raise RefusalError("reading_limit" if b"MemoryError" in complaint else "document_broken")
    answer = json.loads(output)
    if "code" in answer:
        raise RefusalError(answer["code"])
    return Reading(
        [Entry(**entry) for entry in answer["entries"]],
        is_collection=answer["is_collection"],
        notes=[(code, detail) for code, detail in answer["notes"]],
    )
