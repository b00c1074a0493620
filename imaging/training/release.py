"""Everything that belongs to a released generator: the file, its model card, its sample grid."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imaging.training import checkpoints
from imaging.training.card import write_card
from imaging.training.data.sets import shrunk
from imaging.training.enlarging import FOLDER
from imaging.training.errors import CheckpointUnfitError, NothingTrainedError
from imaging.training.export import Drawer, Exported, draw, metadata_of, write
from imaging.training.generator import Generator
from imaging.training.loop import SAMPLES, curve
from imaging.training.plan import Plan
from imaging.training.quality import LOOKED_AT, Quality, compare
from imaging.training.samples import save_grid
from imaging.training.source import Say, Source
from imaging.training.upscaler import Upscaler

TILE = 128  # a picture in the grid is at most so high
AT_ONCE = 50  # pictures drawn before they are made smaller for measuring


def release(source: Source, to: Path, say: Say) -> Exported:
    """Writes `<style>.onnx`, `.md` and `.webp` from the last checkpoint."""
    plan, style = source.plan, source.plan.style
    drawer = _drawer(source)
    points, size = curve(source.training_folder), _size(plan, drawer)
    data = source.data(say).pictures
    metadata = metadata_of(
        style, plan.shown, size, "none" if size == plan.shown else plan.scaling,
        data=source.describe(len(data)), steps=_steps(points[-1], plan),
        metric=points[-1]["metric"], critic_threshold="none", traits=source.layout.describe(),
    )  # fmt: skip
    exported = write(drawer, to / f"{style}.onnx", metadata)
    quality = _quality(style, exported.path, size[0], data)
    write_card(to / f"{style}.md", plan, metadata, exported, quality, points)
    tiles = shrunk(draw(exported.path, style, range(SAMPLES)), _pixels_in_one(size))
    save_grid(tiles, to / f"{style}.webp", max(1, TILE // size[0]))
    return exported


def _size(plan: Plan, drawer: Drawer) -> tuple[int, int]:
    """Height and width of what the file draws: smaller than shown, if the training is not at its end."""
    height, width = plan.size(drawer.depth)
    times = drawer.upscaler.factor if drawer.upscaler else 1
    return height * times, width * times


def _pixels_in_one(size: tuple[int, int]) -> int:
    """How many pixels of a side are averaged to one of the grid: as few as fill whole ones."""
    height, width = size
    least = -(-height // TILE)
    return next(n for n in range(least, height + 1) if height % n == width % n == 0)


def _quality(style: str, path: Path, height: int, data: NDArray[np.uint8]) -> Quality:
    """Measured at the smaller of the sizes of data and drawn pictures."""
    common = min(height, data.shape[1])
    spans = (range(first, first + AT_ONCE) for first in range(0, LOOKED_AT, AT_ONCE))
    drawn = [shrunk(draw(path, style, span), height // common) for span in spans]
    return compare(np.concatenate(drawn), shrunk(data, data.shape[1] // common))


def _drawer(source: Source) -> Drawer:
    plan, folder = source.plan, source.training_folder
    state = checkpoints.load(folder)
    if state is None:
        raise NothingTrainedError(folder=folder, style=plan.style)
    generator = Generator(source.layout, plan.base, plan.channels)
    try:
        generator.load_state_dict(state["networks"]["average"])
        upscaler = _upscaler(plan, folder)
    except RuntimeError as failure:
        raise CheckpointUnfitError(path=folder) from failure
    depth = plan.stages[min(state["progress"]["stage"], len(plan.stages) - 1)].depth
    return Drawer(generator, depth, upscaler)


def _upscaler(plan: Plan, folder: Path) -> Upscaler | None:
    """The enlarging network, if the plan has one and it has been trained."""
    state = checkpoints.load(folder / FOLDER)
    if plan.upscaling is None or state is None:
        return None
    upscaler = Upscaler(plan.upscaling.factor, plan.upscaling.channels)
    upscaler.load_state_dict(state["upscaler"])
    return upscaler


def _steps(point: dict[str, float], plan: Plan) -> int:
    """Steps of all stages up to a point of the curve."""
    before = plan.stages[: int(point["stage"])]
    return sum(stage.steps for stage in before) + int(point["step"])
