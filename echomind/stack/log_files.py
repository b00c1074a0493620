"""Logs of the children: one file each, cut when it has grown too long."""

import shutil
from pathlib import Path

LONGEST = 10 * 1024 * 1024


def last_line(log: Path) -> str:
    """The last line that says something, or nothing."""
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def cut_long_logs(folder: Path) -> None:
    """Move a log of 10 MiB to NAME.log.1 by copying: its writer keeps its open file, now empty."""
    for log in folder.glob("*.log"):
        if log.stat().st_size > LONGEST:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            with log.open("r+b") as file:
                file.truncate(0)
