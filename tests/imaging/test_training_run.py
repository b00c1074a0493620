"""Training for seconds, with a plan of a few pixels. Needs requirements/train.txt, as its commands do."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from PIL import Image

torch = pytest.importorskip("torch", reason="requirements/train.txt is not installed")

from imaging.training import checkpoints  # noqa: E402
from imaging.training.data.folder import LEAST  # noqa: E402
from imaging.training.data.registry import RENDERERS  # noqa: E402
from imaging.training.data.sets import drawn_set  # noqa: E402
from imaging.training.enlarging import Enlarging  # noqa: E402
from imaging.training.errors import CheckpointUnfitError  # noqa: E402
from imaging.training.export import Drawer, draw, metadata_of, open_session, write  # noqa: E402
from imaging.training.loop import Training, curve  # noqa: E402
from imaging.training.losses import gradient_penalty  # noqa: E402
from imaging.training.plan import Plan, Stage, Upscaling, without_guide  # noqa: E402
from imaging.training.release import release  # noqa: E402
from imaging.training.source import Source  # noqa: E402
from imaging.training.start import prepare  # noqa: E402
from imaging.training.traits import Layout  # noqa: E402

PLAN = Plan(
    style="tiny", renderer="minimalist", pictures=320, shown=(32, 32), scaling="none", base=(4, 4),
    channels=(24, 24), critic_channels=(16, 16),
    stages=(Stage(1, 20, 16), Stage(2, 60, 16), Stage(2, 4, 8, critic=0.3, accumulate=2)),
    upscaling=Upscaling(factor=2, steps=30, batch=4, crop=8, pictures=16, channels=8),
)  # fmt: skip
LAYOUT = RENDERERS["minimalist"].layout
pytestmark = pytest.mark.training


@pytest.fixture(scope="module")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def training(
    folder: Path, data_folder: Path, plan: Plan = PLAN, layout: Layout = LAYOUT
) -> Training:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    renderer = RENDERERS["minimalist"]
    data = drawn_set("tiny", renderer, plan.pictures, plan.native, data_folder, lambda *_: None)
    return Training(plan, layout, data, folder, lambda _: None, Event())


def test_a_training_comes_nearer_to_its_data_and_leaves_a_curve_and_grids(
    tmp_path: Path, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("imaging.training.loop.FIRST_CHECKPOINT_S", 0)
    run = training(tmp_path, data_folder)
    run.run()
    points = curve(tmp_path)
    assert len(points) > 2 + len(PLAN.stages)  # not at the ends of stages alone
    assert points[-1]["metric"] < points[0]["metric"] / 2
    assert points[-1]["pictures"] == 20 * 16 + 60 * 16 + 4 * 8 * 2
    assert len(list(tmp_path.glob("samples-*.png"))) >= 2


def test_a_training_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, data_folder: Path
) -> None:
    first = training(tmp_path, data_folder)
    first.say = lambda line: first.stop.set() if "320 pictures" in line else None
    first.run()
    second = training(tmp_path, data_folder)
    assert second.resume()
    assert second.progress == first.progress
    ours, theirs = (run.networks.average.state_dict() for run in (first, second))
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)
    second.run()
    assert second.is_done


def test_a_folder_without_traits_is_learnt_by_the_critic_alone(
    tmp_path: Path, data_folder: Path
) -> None:
    short = replace(PLAN, stages=(Stage(1, 3, 8, penalty_every=2),))
    run = training(tmp_path, data_folder, without_guide(short), Layout())
    run.data = replace(run.data, levels=None)
    before = [weight.clone() for weight in run.networks.critic.parameters()]
    run.run()
    changed = zip(before, run.networks.critic.parameters(), strict=True)
    assert any(not torch.equal(old, new) for old, new in changed)
    assert run.is_done


def test_a_folder_is_trained_with_and_released_like_drawn_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ECHOMIND_CACHE", str(tmp_path / "cache"))
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for number in range(LEAST):
        Image.new("RGB", (32, 32), (number * 3, 90, 200)).save(pictures / f"{number}.png")
    small = replace(PLAN, stages=(Stage(1, 2, 8),), shown=(8, 8), upscaling=None)
    source = Source(small, pictures)
    run = prepare(source, lambda _: None, Event())
    run.run()
    exported = release(source, tmp_path / "out", lambda _: None)
    assert exported.difference < 1e-5
    assert "64 pictures of a folder" in (tmp_path / "out" / "tiny.md").read_text()
    assert (tmp_path / "out" / "tiny.webp").exists()


def test_a_checkpoint_of_another_plan_or_cut_short_is_refused(
    tmp_path: Path, data_folder: Path
) -> None:
    training(tmp_path, data_folder).keep()
    other = training(tmp_path, data_folder, replace(PLAN, channels=(16, 16)))
    with pytest.raises(CheckpointUnfitError):
        other.resume()
    path = tmp_path / checkpoints.NAME
    path.write_bytes(path.read_bytes()[:1000])
    with pytest.raises(CheckpointUnfitError):
        training(tmp_path, data_folder).resume()


def test_the_penalty_is_none_for_a_slope_of_one() -> None:
    real, drawn = torch.rand(4, 3, 8, 8), torch.rand(4, 3, 8, 8)
    even = 1 / np.sqrt(3 * 8 * 8)
    assert gradient_penalty(lambda x: x.sum((1, 2, 3)) * even, real, drawn) < 1e-6
    assert gradient_penalty(lambda x: x.sum((1, 2, 3)) * even * 3, real, drawn) == pytest.approx(4)


def test_an_exported_file_draws_what_torch_draws_and_says_what_it_is(
    tmp_path: Path, data_folder: Path
) -> None:
    run = training(tmp_path, data_folder)
    assert PLAN.upscaling
    large = drawn_set("large", RENDERERS["minimalist"], 16, (32, 32), data_folder, lambda *_: None)
    enlarging = Enlarging(run, PLAN.upscaling, large)
    enlarging.run()
    drawer = Drawer(run.networks.average, 2, enlarging.upscaler)
    metadata = metadata_of("tiny", (32, 32), (16, 16), "none", traits=LAYOUT.describe(), steps=84)
    exported = write(drawer, tmp_path / "tiny.onnx", metadata)
    assert exported.difference < 1e-5
    assert open_session(exported.path).get_modelmeta().custom_metadata_map["width"] == "32"
    assert b"site-packages" not in exported.path.read_bytes()
    assert Path(__file__).parents[2].as_posix().encode() not in exported.path.read_bytes()
    pictures = draw(exported.path, "tiny", range(3))
    assert pictures.shape == (3, 32, 32, 3)
    assert (pictures == draw(exported.path, "tiny", range(3))).all()
