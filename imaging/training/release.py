"""Everything that belongs to a released generator: the file, its model card, its sample grid."""

from pathlib import Path

from imaging.training import checkpoints
from imaging.training.card import LOOKED_AT, measure, write_card
from imaging.training.data.registry import RENDERERS
from imaging.training.data.sets import shrunk
from imaging.training.enlarging import FOLDER
from imaging.training.errors import CheckpointUnfitError, NothingTrainedError
from imaging.training.export import Drawer, Exported, draw, metadata_of, write
from imaging.training.generator import Generator
from imaging.training.loop import SAMPLES, Say, curve
from imaging.training.plan import Plan, load_plan
from imaging.training.samples import save_grid
from imaging.training.start import drawn_data, training_folder
from imaging.training.upscaler import Upscaler


def release(style: str, to: Path, say: Say) -> Exported:
    """Writes `<style>.onnx`, `.md` and `.webp` from the last checkpoint."""
    plan, folder = load_plan(style), training_folder(style)
    renderer = RENDERERS[plan.renderer]
    points = [point for point in curve(folder) if point["pictures"] or not point["step"]]
    drawer = _drawer(plan, folder)
    metadata = metadata_of(
        style, plan.shown, plan.native, plan.scaling,
        data=f"{plan.pictures} drawn pictures, {renderer.licence}", steps=_steps(points[-1], plan),
        metric=points[-1]["metric"], critic_threshold="none", traits=renderer.layout.describe(),
    )  # fmt: skip
    exported = write(drawer, to / f"{style}.onnx", metadata)
    drawn = draw(exported.path, style, range(LOOKED_AT))
    data = drawn_data(plan, say)
    real = shrunk(data.pictures, data.pictures.shape[1] // drawn.shape[1])
    quality = measure(drawn, real)
    write_card(to / f"{style}.md", plan, renderer.licence, exported, quality, points)
    save_grid(drawn[:SAMPLES], to / f"{style}.webp", max(1, plan.shown[0] // drawn.shape[1]))
    return exported


def _drawer(plan: Plan, folder: Path) -> Drawer:
    state = checkpoints.load(folder)
    if state is None:
        raise NothingTrainedError(folder=folder, style=plan.style)
    generator = Generator(RENDERERS[plan.renderer].layout, plan.base, plan.channels)
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
