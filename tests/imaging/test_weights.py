"""The generators in the repository: each draws, says what it is, and comes with its card and its grid."""

import json
import re
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest

import imaging
from imaging.latents import latent
from imaging.training.data.registry import RENDERERS
from imaging.training.onnx_graph import strip_traces
from imaging.training.plan import load_plan, styles

WEIGHTS = Path(imaging.__file__).parent / "weights"
LARGEST_TOGETHER = 40_000_000


def pictures(style: str, seeds: range) -> np.ndarray:
    session = onnxruntime.InferenceSession(WEIGHTS / f"{style}.onnx")
    drawn = [session.run(["image"], {"z": latent(style, s, 64)[None]})[0][0] for s in seeds]
    return np.stack(drawn)


@pytest.mark.parametrize("style", styles())
def test_a_generator_says_what_it_draws(style: str) -> None:
    session = onnxruntime.InferenceSession(WEIGHTS / f"{style}.onnx")
    told = session.get_modelmeta().custom_metadata_map
    plan = load_plan(style)
    assert told["style"] == style
    assert (int(told["height"]), int(told["width"])) == plan.shown
    assert told["latent"] == "64"
    assert told["scaling"] in {"none", "nearest", "lanczos"}
    assert {"native", "seed_space", "data", "steps", "metric", "critic_threshold"} <= told.keys()
    assert json.loads(told["traits"]) == RENDERERS[plan.renderer].layout.describe()


@pytest.mark.parametrize("style", styles())
def test_a_generator_draws_something_else_for_each_seed_and_the_same_again(style: str) -> None:
    drawn = pictures(style, range(4))
    assert np.isfinite(drawn).all()
    assert np.abs(drawn).max() <= 1
    assert np.std(drawn, axis=(1, 2, 3)).min() > 0.1
    assert len({picture.tobytes() for picture in drawn}) == len(drawn)
    assert (drawn == pictures(style, range(4))).all()


@pytest.mark.parametrize("style", styles())
def test_a_generator_comes_with_its_card_and_its_grid(style: str) -> None:
    card = (WEIGHTS / f"{style}.md").read_text()
    assert "not photographed" in card
    assert (WEIGHTS / f"{style}.webp").stat().st_size > 10_000


@pytest.mark.parametrize("style", styles())
def test_a_generator_says_nothing_of_the_machine_that_trained_it(style: str) -> None:
    file = WEIGHTS / f"{style}.onnx"
    model = onnx.load(file)
    strip_traces(model)
    assert model.SerializeToString() == file.read_bytes()
    assert not re.findall(rb"/(?:home|root|work|usr|tmp)/|\.py\b", file.read_bytes())


def test_the_weights_are_small_enough_for_the_repository() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) < LARGEST_TOGETHER
