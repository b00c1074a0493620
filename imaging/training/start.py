"""Puts a training together from a plan and either a renderer or a folder."""

import os
from pathlib import Path

from imaging.training.data.folder import folder_set
from imaging.training.data.registry import RENDERERS
from imaging.training.data.sets import PictureSet, drawn_set
from imaging.training.loop import Say, Training
from imaging.training.plan import Plan, without_guide
from imaging.training.traits import Layout


def cache_folder() -> Path:
    """Where data sets and checkpoints live; clones share it."""
    return Path(os.environ.get("ECHOMIND_CACHE", Path.home() / ".cache" / "echomind")) / "gan"


def training_folder(style: str) -> Path:
    """Checkpoints, sample grids and the curve of a style."""
    return cache_folder() / style


def prepare(plan: Plan, say: Say, pictures: Path | None = None) -> Training:
    """A training ready to run: of a folder's pictures if one is given, else of drawn ones."""
    folder = training_folder(plan.style)
    if pictures is None:
        layout = RENDERERS[plan.renderer].layout
        return Training(plan, layout, drawn_data(plan, say), folder, say)
    data = folder_set(pictures, plan.native)
    return Training(without_guide(plan), Layout(), data, folder / "of-folder", say)


def drawn_data(plan: Plan, say: Say) -> PictureSet:
    """The data set that a plan's renderer draws."""

    def report(there: int, wanted: int) -> None:
        if there % 1024 == 0 or there == wanted:
            say(f"{plan.style}: {there} of {wanted} pictures drawn")

    renderer = RENDERERS[plan.renderer]
    return drawn_set(
        plan.renderer, renderer, plan.pictures, plan.native, cache_folder() / "data", report
    )
