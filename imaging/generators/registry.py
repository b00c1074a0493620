"""Finds plug-ins by their folders, and keeps each opened generator for the life of the process."""

import hashlib
import importlib
import pkgutil
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import cast

import imaging.generators
from imaging.errors import GeneratorChangedError, GeneratorMissingError, GeneratorUnfitError
from imaging.generators.base import Generator, Plugin

_opening = Lock()  # two threads must not open the same one twice
MOST_OPEN = 16


def plugin_names() -> list[str]:
    """The generators there are, by name."""
    found = pkgutil.iter_modules(imaging.generators.__path__)
    return sorted(module.name for module in found if module.ispkg)


def open_generator(name: str, file: Path, sha256: str) -> Generator:
    """The generator of plug-in `name` with these weights.

    Raises GeneratorMissingError, GeneratorChangedError, GeneratorUnfitError.
    """
    with _opening:
        return _opened(name, file, sha256)


@lru_cache(maxsize=MOST_OPEN)
def _opened(name: str, file: Path, sha256: str) -> Generator:
    if hash_of(file) != sha256:
        raise GeneratorChangedError(reason=f"{file.name} has another hash")
    if name not in plugin_names():
        raise GeneratorUnfitError(reason=f"there is no plug-in {name}")
    plugin = cast(Plugin, importlib.import_module(f"imaging.generators.{name}"))
    return plugin.open_generator(file, sha256)


def hash_of(file: Path) -> str:
    """The SHA-256 of a file of weights. Raises GeneratorMissingError."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise GeneratorMissingError(reason=f"{file.name} cannot be read") from error
