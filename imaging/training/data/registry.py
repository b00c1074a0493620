"""The renderers by name. A new one is a module with a layout and a `draw`, and a line here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from imaging.training.data import dicebear, minimalist, realistic, shiba
from imaging.training.traits import Layout, Look


@dataclass(frozen=True, slots=True)
class Renderer:
    """Draws looks as uint8 [n, height, width, 3]. A new version makes its data sets anew."""

    layout: Layout
    draw: Callable[[Sequence[Look], int, int], NDArray[np.uint8]]
    version: int
    licence: str


RENDERERS = {
    "minimalist": Renderer(minimalist.LAYOUT, minimalist.draw, 1, "ours"),
    "comic": Renderer(dicebear.COMIC, dicebear.draw_comic, 1, "Open Peeps by Pablo Stanley, CC0"),
    "realistic": Renderer(realistic.LAYOUT, realistic.draw, 1, "ours"),
    "shiba": Renderer(shiba.LAYOUT, shiba.draw, 1, "ours"),
    "pixel": Renderer(dicebear.PIXEL, dicebear.draw_pixel, 1, "Pixel Art by DiceBear, CC0"),
}
