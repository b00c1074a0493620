"""What a generator is to the rest of the site, whatever it draws with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:  # a web process knows generators by their sheets alone
    import numpy as np
    from numpy.typing import NDArray

Pixels: TypeAlias = "NDArray[np.uint8]"  # [height, width, 3], red, green, blue


@dataclass(frozen=True, slots=True)
class Trait:
    """What one entry of the latent vector decides: which option it is between which borders."""

    name: str
    entry: int
    options: tuple[str, ...]
    borders: tuple[float, ...]  # one fewer than options, rising


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a generator says of itself. Sizes in pixels, as shown; seeds go from 0 to `seeds` - 1."""

    style: str
    width: int
    height: int
    seeds: int
    traits: tuple[Trait, ...] = ()


class Generator(Protocol):
    """Draws in one style. One object a process, used by several threads."""

    @property
    def sheet(self) -> Sheet:
        """What it draws."""

    def draw(self, seed: int) -> Pixels:
        """The picture of a seed; always the same one. Raises GeneratorError."""


class Plugin(Protocol):
    """The module of a plug-in folder."""

    def open_generator(self, file: Path, sha256: str) -> Generator:
        """Open the file, which was checked to have this hash. Raises GeneratorUnfitError."""
