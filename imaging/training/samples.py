"""Grids of pictures of fixed seeds, the same at every checkpoint, to be looked at."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

COLUMNS = 8
WIDEST = 1664  # pixels of a grid


def grid(pictures: NDArray[np.uint8], scale: int = 1) -> Image.Image:
    """Pictures [n, h, w, 3] side by side, enlarged by whole pixels; wide ones in fewer columns."""
    large = pictures.repeat(scale, 1).repeat(scale, 2)
    count, height, width, _ = large.shape
    columns = min(count, COLUMNS, max(1, WIDEST // width))
    rows = count // columns
    tiles = large[: rows * columns].reshape(rows, columns, height, width, 3)
    return Image.fromarray(
        tiles.transpose(0, 2, 1, 3, 4).reshape(rows * height, columns * width, 3)
    )


def save_grid(pictures: NDArray[np.uint8], path: Path, scale: int = 1) -> None:
    """Writes a grid as PNG or WebP, as the path ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    grid(pictures, scale).save(path, quality=88)
