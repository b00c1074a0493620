"""Finds a seed whose picture is as somebody wishes: what a generator learned to read from `z`."""

import secrets
from collections.abc import Mapping
from typing import Any

from imaging.models import PictureStyle

SHORT = 1_000_000  # seeds that are drawn have few digits: people type them again
MOST_TRIES = 2_000  # the rarest pair of options is found in a few hundred
Wishes = Mapping[str, str]  # trait: option, as "coat": "cream"


def seed_with(style: PictureStyle, wishes: Wishes) -> int:
    """A random seed that fulfils the wishes, as far as the style knows their traits."""
    wanted = [
        (trait, trait["options"].index(wishes[trait["name"]]))
        for trait in style.traits
        if wishes.get(trait["name"]) in trait["options"]
    ]
    several = min(style.seeds, SHORT)
    seed = secrets.randbelow(several)
    tries = MOST_TRIES if wanted else 0
    while tries and not _fulfils(style.slug, seed, wanted):
        seed = secrets.randbelow(several)
        tries -= 1
    return seed


def _fulfils(style: str, seed: int, wanted: list[tuple[dict[str, Any], int]]) -> bool:
    from imaging.latents import latent  # numpy, which pages need for this alone

    entries = latent(style, seed, 1 + max(trait["entry"] for trait, _ in wanted))
    return all(
        sum(entries[trait["entry"]] >= border for border in trait["borders"]) == option
        for trait, option in wanted
    )
