"""Puts a training together from a plan and either a renderer or a folder."""

import os
from pathlib import Path
from threading import Event

from imaging.training.data.folder import folder_set
from imaging.training.data.registry import RENDERERS
from imaging.training.data.sets import PictureSet, drawn_set
from imaging.training.enlarging import Enlarging
from imaging.training.loop import Say, Training
from imaging.training.plan import Plan, without_guide
from imaging.training.traits import Layout


def cache_folder() -> Path:
    """Where data sets and checkpoints live; clones share it."""
    return Path(os.environ.get("ECHOMIND_CACHE", Path.home() / ".cache" / "echomind")) / "gan"


def training_folder(style: str) -> Path:
    """Checkpoints, sample grids and the curve of a style."""
    return cache_folder() / style


def prepare(plan: Plan, say: Say, stop: Event, pictures: Path | None = None) -> Training:
    """A training ready to run: of a folder's pictures if one is given, else of drawn ones."""
    folder = training_folder(plan.style)
    if pictures is None:
        layout = RENDERERS[plan.renderer].layout
        return Training(plan, layout, drawn_data(plan, say), folder, say, stop)
    data = folder_set(pictures, plan.native)
    return Training(without_guide(plan), Layout(), data, folder / "of-folder", say, stop)


def prepare_enlarging(training: Training, pictures: Path | None = None) -> Enlarging | None:
    """The second part of a training whose plan has one, with its data at the size shown."""
    plan, choices = training.plan, training.plan.upscaling
    if choices is None:
        return None
    if pictures is None:
        data = drawn_data(plan, training.say, choices.pictures, plan.shown)
    else:
        data = folder_set(pictures, plan.shown)
    return Enlarging(training, choices, data)


def drawn_data(
    plan: Plan, say: Say, count: int | None = None, size: tuple[int, int] | None = None
) -> PictureSet:
    """The data set that a plan's renderer draws: as many and as large as the generator learns from."""
    wanted = count or plan.pictures

    def report(there: int, _: int) -> None:
        if there % 1024 == 0 or there == wanted:
            say(f"{plan.style}: {there} of {wanted} pictures drawn")

    renderer, folder = RENDERERS[plan.renderer], cache_folder() / "data"
    return drawn_set(plan.renderer, renderer, wanted, size or plan.native, folder, report)
