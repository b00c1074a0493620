"""Wishes: a seed is found whose picture fulfils them, without drawing any."""

from imaging.latents import latent
from imaging.models import PictureStyle
from imaging.services.wanted import seed_with

SHIBAS = PictureStyle(
    slug="shiba",
    seeds=1_000,
    traits=[
        {"name": "coat", "entry": 0, "options": ["red", "black", "cream"], "borders": [-0.5, 1.0]},
        {"name": "place", "entry": 1, "options": ["grass", "snow"], "borders": [0.5]},
    ],
)


def test_every_seed_that_is_found_has_what_was_wished() -> None:
    for _ in range(20):
        coat, place = latent("shiba", seed_with(SHIBAS, {"coat": "cream", "place": "snow"}), 2)
        assert coat >= 1.0
        assert place >= 0.5


def test_what_a_style_does_not_know_is_left_out() -> None:
    assert 0 <= seed_with(SHIBAS, {"hat": "red", "place": "moon"}) < 1_000
