"""The last lines of the model server that the site started. They hold no prompt: llama.cpp logs none."""

import os
from pathlib import Path

from echomind.settings.env import env

FEWEST, MOST = 20, 200
LONGEST_LINE = 300  # characters
_READ_BYTES = MOST * 4 * LONGEST_LINE


def model_log() -> Path | None:
    """Where the supervisor keeps the log; None where the model server is not the site's own."""
    path = env.str("MODEL_LOG", default="")
    return Path(path) if path else None


def last_lines(path: Path, count: int) -> list[str]:
    """The last lines, oldest first, long ones cut; none while there is no log yet."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _READ_BYTES))
            tail = file.read().decode(errors="replace")
    except FileNotFoundError:
        return []
    lines = [line.rstrip()[:LONGEST_LINE] for line in tail.splitlines() if line.strip()]
    return lines[-count:]
