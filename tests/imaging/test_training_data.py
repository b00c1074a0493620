"""The data that generators learn from: traits, renderers, data sets on disk, folders, the metric."""

import itertools
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from imaging.latents import FURTHEST, latent
from imaging.training.data.folder import LEAST, folder_set
from imaging.training.data.registry import RENDERERS, Renderer
from imaging.training.data.sets import drawn_set, shrunk
from imaging.training.errors import PlanUnknownError, TooFewPicturesError
from imaging.training.levels import LATENT, levels_of, to_normal
from imaging.training.metric import neighbour_distances, sliced_wasserstein
from imaging.training.plan import load_plan, styles, without_guide
from imaging.training.traits import Layout, Look, Trait

SIZES = {"minimalist": (32, 32), "realistic": (32, 32), "shiba": (24, 52)}
COAT = Layout((Trait("coat", ("red", "cream", "black"), (2, 1, 1)), Trait("size")))


def looks(name: str, count: int) -> list[Look]:
    layout = RENDERERS[name].layout
    return [layout.look(levels_of("test", number)) for number in range(count)]


@pytest.mark.parametrize("name", SIZES)
def test_a_renderer_draws_the_same_pictures_again_and_no_two_alike(name: str) -> None:
    first, again = (RENDERERS[name].draw(looks(name, 12), *SIZES[name]) for _ in range(2))
    assert first.shape == (12, *SIZES[name], 3)
    assert (first == again).all()
    assert neighbour_distances(first).min() > 0.01


@pytest.mark.parametrize("name", SIZES)
def test_every_option_of_a_trait_can_be_seen(name: str) -> None:
    renderer, size = RENDERERS[name], (96, 96 if name != "shiba" else 208)
    for trait in (each for each in renderer.layout.traits if each.options):
        entry = renderer.layout.index[trait.name]
        edges = (0.0, *trait.borders, 1.0)
        levels = np.tile(levels_of("options", 5), (len(trait.options), 1))
        levels[:, entry] = [(low + high) / 2 for low, high in itertools.pairwise(edges)]
        drawn = renderer.draw([renderer.layout.look(each) for each in levels], *size)
        assert len({picture.tobytes() for picture in drawn}) == len(drawn), trait.name


def test_options_take_their_shares_of_the_levels() -> None:
    drawn = [COAT.look(levels_of("shares", number)).option("coat") for number in range(2000)]
    assert drawn.count("red") == pytest.approx(1000, abs=80)
    assert drawn.count("cream") == pytest.approx(500, abs=80)


def test_an_exported_border_divides_latents_as_the_level_does() -> None:
    (border, _) = COAT.describe()[0]["borders"]  # type: ignore[misc]
    for number in range(50):
        levels = levels_of("borders", number)
        is_red = COAT.look(levels).option("coat") == "red"
        assert is_red == (to_normal(levels)[0] < border)


def test_levels_become_what_seeds_become() -> None:
    data = to_normal(np.stack([levels_of("data", number) for number in range(500)])).ravel()
    seeds = np.stack([latent("pixel", number, LATENT) for number in range(500)]).ravel()
    assert np.abs(data).max() <= FURTHEST + 1e-6
    assert np.quantile(data, (0.1, 0.5, 0.9)) == pytest.approx(
        np.quantile(seeds, (0.1, 0.5, 0.9)), abs=0.05
    )


def test_a_data_set_goes_on_after_a_kill_in_the_middle_of_a_picture(tmp_path: Path) -> None:
    drawn: list[int] = []

    def draw(some: list[Look], height: int, width: int) -> np.ndarray:
        drawn.append(len(some))
        return np.stack([np.full((height, width, 3), look.level("size") * 255) for look in some])

    renderer = Renderer(COAT, lambda *args: draw(*args).astype(np.uint8), 1, "ours")
    whole = drawn_set("dots", renderer, 6, (4, 4), tmp_path, lambda *_: None)
    kept = bytes(whole.pictures.tobytes())
    (file,) = tmp_path.iterdir()
    file.write_bytes(kept[: 4 * 48 + 7])
    again = drawn_set("dots", renderer, 6, (4, 4), tmp_path, lambda *_: None)
    assert again.pictures.tobytes() == kept
    assert drawn == [6, 2]


def test_smaller_sizes_are_averages() -> None:
    pictures = np.arange(2 * 4 * 4 * 3, dtype=np.uint8).reshape(2, 4, 4, 3)
    assert shrunk(pictures, 2)[0, 0, 0, 0] == round(pictures[0, :2, :2, 0].mean() + 1e-6)
    assert shrunk(pictures, 2).shape == (2, 2, 2, 3)


def test_a_folder_gives_its_readable_pictures_and_names_the_broken_ones(tmp_path: Path) -> None:
    for number in range(LEAST):
        Image.new("RGB", (40 + number, 30), (number, 0, 0)).save(tmp_path / f"{number:03}.png")
    (tmp_path / "cut.jpg").write_bytes(b"\xff\xd8\xff\xe0 not a picture")
    os.mkfifo(tmp_path / "pipe.png")  # whoever opens it waits for ever
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.warns(UserWarning, match=r"left out 1: cut\.jpg"):
        found = folder_set(tmp_path, (16, 24))
    assert found.pictures.shape == (LEAST, 16, 24, 3)
    assert found.levels is None


def test_a_folder_with_too_little_says_so(tmp_path: Path) -> None:
    (tmp_path / "cut.png").write_bytes(b"\x89PNG\r\n")
    with pytest.raises(TooFewPicturesError, match=r"0 readable pictures.*cut\.png"):
        folder_set(tmp_path, (16, 16))


def test_the_metric_grows_with_the_distance_from_the_data() -> None:
    real = RENDERERS["minimalist"].draw(looks("minimalist", 48), 32, 32)
    blurred = shrunk(real, 4).repeat(4, 1).repeat(4, 2)
    noise = np.random.default_rng(0).integers(0, 256, real.shape, np.uint8)
    same, near, far = (sliced_wasserstein(real[:24], x[24:]) for x in (real, blurred, noise))
    assert sliced_wasserstein(real, real) == 0
    assert same < near < far


def test_a_copy_is_found_as_the_nearest_neighbour() -> None:
    pictures = RENDERERS["minimalist"].draw(looks("minimalist", 8), 32, 32)
    assert neighbour_distances(pictures[:1], pictures)[0] < 1e-3
    assert neighbour_distances(pictures).min() > 0.01
    wide = RENDERERS["shiba"].draw(looks("shiba", 4), 96, 208)  # 208 is no multiple of 6
    assert neighbour_distances(wide).min() > 0.01


@pytest.mark.parametrize("style", ["minimalist", "comic", "pixel", "realistic", "shiba"])
@pytest.mark.parametrize("cuda", [False, True])
def test_a_plan_grows_to_the_size_that_is_shown(style: str, cuda: bool) -> None:
    plan = load_plan(style, cuda=cuda)
    depths = [stage.depth for stage in plan.stages]
    assert depths == sorted(depths)
    assert len(plan.channels) == len(plan.critic_channels) == depths[-1]
    assert plan.shown[0] * plan.native[1] == plan.shown[1] * plan.native[0]
    assert plan.renderer in RENDERERS
    if plan.upscaling:
        assert plan.native[0] * plan.upscaling.factor == plan.shown[0]
    else:
        assert plan.shown[0] % plan.native[0] == 0


def test_the_last_stage_has_a_critic_and_a_folder_has_one_in_all() -> None:
    for style in styles():
        plan = load_plan(style)
        assert plan.stages[-1].critic > 0
        assert all(stage.critic and not stage.guide for stage in without_guide(plan).stages)


def test_an_unknown_style_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(PlanUnknownError, match=r"cubist.*pixel"):
        load_plan("cubist")
