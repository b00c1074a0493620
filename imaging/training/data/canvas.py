"""Paints shapes given as distances, flat or rounded and lit. It knows no picture's content.

The unit is the picture's height, the origin its middle, y points down.
"""

import numpy as np
from numpy.typing import NDArray

from imaging.training.data.colours import Colour
from imaging.training.data.shapes import Field

FINER = 2  # pixels are computed this much finer in each direction, then averaged


class Canvas:
    """Colours [height, width, 3] in 0 … 1, with coordinates `x` and `y` of each pixel."""

    def __init__(
        self, height: int, width: int, light: tuple[float, float, float], zoom: float = 1.0
    ) -> None:
        rows, columns = height * FINER, width * FINER
        self.pixel = 1 / rows / zoom
        y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
        self.x: Field = (x + 0.5 - columns / 2) * np.float32(self.pixel)
        self.y: Field = (y + 0.5 - rows / 2) * np.float32(self.pixel)
        self.colours = np.zeros((rows, columns, 3), np.float32)
        self.light = np.array(light, np.float32) / np.linalg.norm(light)

    def part(self, left: float, top: float, right: float, bottom: float) -> "Canvas":
        """A window of this canvas on the same pixels: shapes within it cost less."""
        rows = slice(*np.searchsorted(self.y[:, 0], (top, bottom)))
        columns = slice(*np.searchsorted(self.x[0], (left, right)))
        window = object.__new__(Canvas)
        window.pixel, window.light = self.pixel, self.light
        window.x, window.y = self.x[rows, columns], self.y[rows, columns]
        window.colours = self.colours[rows, columns]
        return window

    def lay(self, colours: Colour, cover: Field) -> None:
        """Colours over what is there, as far as they cover it (0 … 1)."""
        self.colours += (colours - self.colours) * cover[..., None]

    def flat(self, shape: Field, colour: Colour, soft: float = 0.0, opacity: float = 1.0) -> None:
        """A shape in one colour; `soft` widens its edge."""
        self.lay(colour, self.cover(shape, soft) * opacity)

    def round(
        self, shape: Field, colours: Colour, depth: float, shade: float = 0.6,
        gloss: float = 0.0,
    ) -> None:  # fmt: skip
        """A shape that bulges within `depth` of its edge, lit from the canvas' light."""
        lit = self.brightness(self.dome(shape, depth))
        tones = 1 + shade * (lit - 0.62)
        shine = gloss * np.clip(lit, 0, 1) ** 18
        self.lay(colours * tones[..., None] + shine[..., None], self.cover(shape))

    def cover(self, shape: Field, soft: float = 0.0) -> Field:
        """How much of each pixel lies inside a shape."""
        return np.clip(0.5 - shape / (self.pixel * 1.2 + soft), 0, 1)

    def dome(self, shape: Field, depth: float) -> Field:
        """Heights over a shape: a quarter circle from its edge inwards, then level."""
        rise = np.clip(1 + shape / depth, 0, 1)
        return np.sqrt(1 - rise * rise) * np.float32(depth)

    def brightness(self, heights: Field) -> Field:
        """Light on a surface of these heights, -1 … 1 (Lambert)."""
        down, right = np.gradient(heights, np.float32(self.pixel))
        light = self.light
        return (light[2] - right * light[0] - down * light[1]) / np.sqrt(
            right * right + down * down + 1
        )

    def picture(self) -> NDArray[np.uint8]:
        """What was painted: uint8 [height, width, 3]."""
        rows, columns, _ = self.colours.shape
        blocks = self.colours.reshape(rows // FINER, FINER, columns // FINER, FINER, 3)
        return (np.clip(blocks.mean((1, 3)), 0, 1) * 255 + 0.5).astype(np.uint8)


def mixed(under: Colour, over: Colour, mask: Field) -> Colour:
    """Two colours by a mask 0 … 1: [height, width, 3]."""
    part = np.clip(mask, 0, 1)[..., None]
    return under * (1 - part) + over * part
