"""Files and folders that only their owner reads, and the random secrets kept in them."""

import os
import secrets
from pathlib import Path


def kept_secret(path: Path) -> str:
    """The secret in `path`; made there at the first call (43 URL-safe characters, mode 600)."""
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text().strip()


def write_private(path: Path, text: str) -> None:
    """Write `text` with mode 600, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text + "\n")
    unfinished.replace(path)


def private_folder(path: Path) -> None:
    """Make a folder that only its owner enters; one that is there keeps the mode it was given."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
