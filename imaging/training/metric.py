"""How far drawn pictures are from real ones, without any network: for one data set, never across.

Sliced Wasserstein distance on patches of a Laplacian pyramid (Karras et al. 2018, section 5), and how
near a picture's nearest neighbour lies.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

PATCH = 7
PATCHES = 32  # of each picture and level
DIRECTIONS = 128
SMALLEST = 16  # height of the last level
THUMBNAIL = 16  # height at which neighbours are compared

Pictures = NDArray[np.uint8]
Values = NDArray[np.floating[Any]]


def sliced_wasserstein(real: Pictures, drawn: Pictures) -> float:
    """Mean over the pyramid's levels, × 1000, of pictures [n, h, w, 3], as many as both have.

    0 is the same.
    """
    chance = np.random.default_rng(0)
    count = min(len(real), len(drawn))
    first, second = (
        pictures.astype(np.float32) / np.float32(255) for pictures in (real[:count], drawn[:count])
    )
    distances = []
    while first.shape[1] > SMALLEST:
        (first, first_detail), (second, second_detail) = _split(first), _split(second)
        distances.append(_distance(first_detail, second_detail, chance))
    distances.append(_distance(first, second, chance))
    return float(np.mean(distances))


def neighbour_distances(pictures: Pictures, others: Pictures | None = None) -> Values:
    """To each picture's nearest other one (of the same set, unless others are given).

    Root mean square over small copies, 0 … 1: [n].
    """
    rows = _thumbnails(pictures)
    columns = rows if others is None else _thumbnails(others)
    squares = (rows**2).sum(1)[:, None] + (columns**2).sum(1)[None] - 2 * rows @ columns.T
    if others is None:
        np.fill_diagonal(squares, np.inf)
    nearest: Values = np.sqrt(np.maximum(squares.min(1), 0) / rows.shape[1])
    return nearest


def _split(pictures: Values) -> tuple[Values, Values]:
    """Pictures of half the size, and what they lack."""
    count, height, width, _ = pictures.shape
    half = pictures.reshape(count, height // 2, 2, width // 2, 2, 3).mean((2, 4), dtype=np.float32)
    return half, pictures - half.repeat(2, 1).repeat(2, 2)


def _distance(first: Values, second: Values, chance: np.random.Generator) -> float:
    height, width = first.shape[1:3]
    corners = chance.integers(0, (height - PATCH + 1, width - PATCH + 1), (PATCHES, 2))
    directions = chance.standard_normal((PATCH * PATCH * 3, DIRECTIONS)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=0)
    shadows = [np.sort(_patches(each, corners) @ directions, 0) for each in (first, second)]
    return float(np.abs(shadows[0] - shadows[1]).mean() * 1e3)


def _patches(pictures: Values, corners: NDArray[np.int64]) -> Values:
    cut = [pictures[:, y : y + PATCH, x : x + PATCH].reshape(len(pictures), -1) for y, x in corners]
    return np.concatenate(cut)


def _thumbnails(pictures: Pictures) -> Values:
    count, height, width, _ = pictures.shape
    times = max(1, height // THUMBNAIL)
    tall, wide = height // times, width // times
    even = pictures[:, : tall * times, : wide * times]
    blocks = even.reshape(count, tall, times, wide, times, 3)
    small = blocks.mean((2, 4), dtype=np.float32) / 255
    return small.reshape(count, -1).astype(np.float32)
