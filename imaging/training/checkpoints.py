"""Checkpoints: everything that a training needs to go on after a kill, in one file written whole."""

import os
import pickle
from pathlib import Path
from typing import Any

import torch

from imaging.training.errors import CheckpointUnfitError

NAME = "last.pt"


def save(state: dict[str, Any], folder: Path) -> Path:
    """Writes beside and renames: a kill leaves the last checkpoint as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"{NAME}.part"
    with beside.open("wb") as file:
        torch.save(state, file)
        file.flush()
        os.fsync(file.fileno())
    return beside.replace(folder / NAME)


def load(folder: Path) -> dict[str, Any] | None:
    """The last checkpoint, or None. CheckpointUnfitError where the file cannot be read."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except (RuntimeError, OSError, EOFError, pickle.UnpicklingError) as failure:
        raise CheckpointUnfitError(path=path) from failure
    return state
