"""What a latent vector says about a picture: its first entries are traits, the others are free.

A trait with options cuts the range of its entry into as many pieces; one without is a level.
Both renderers (who draw the data) and generators (who learn to) read a vector through one layout.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from imaging.training.levels import to_normal


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that differs between pictures. Shares of the options are equal unless given."""

    name: str
    options: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()

    @property
    def borders(self) -> tuple[float, ...]:
        """Levels at which one option ends and the next begins."""
        shares = self.shares or (1.0,) * len(self.options)
        total = sum(shares)
        return tuple(round(edge / total, 6) for edge in list(accumulate(shares))[:-1])


@dataclass(frozen=True)
class Look:
    """The traits of one picture."""

    layout: "Layout"
    levels: NDArray[np.float64]

    def level(self, name: str) -> float:
        """A trait's level, 0 … 1."""
        return float(self.levels[self.layout.index[name]])

    def between(self, name: str, low: float, high: float) -> float:
        """A trait's level, spread over low … high."""
        return low + (high - low) * self.level(name)

    def option(self, name: str) -> str:
        """The option that a trait's level falls into."""
        trait = self.layout.traits[self.layout.index[name]]
        return trait.options[sum(self.level(name) >= border for border in trait.borders)]


@dataclass(frozen=True)
class Layout:
    """The traits of a style, in the order of the latent vector's entries."""

    traits: tuple[Trait, ...] = ()

    @cached_property
    def index(self) -> dict[str, int]:
        return {trait.name: number for number, trait in enumerate(self.traits)}

    def look(self, levels: NDArray[np.float64]) -> Look:
        """What these levels [latent] mean."""
        return Look(self, levels)

    def describe(self) -> list[dict[str, object]]:
        """For an exported file: a trait's entry in a latent vector, its options and their borders there."""
        return [
            {
                "entry": number,
                "name": trait.name,
                "options": list(trait.options),
                "borders": to_normal(np.array(trait.borders)).round(4).tolist(),
            }
            for number, trait in enumerate(self.traits)
        ]
