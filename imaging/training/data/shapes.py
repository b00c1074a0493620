"""Shapes as signed distances: negative inside, in the unit of the coordinates given.

Formulas after Inigo Quilez, "2D distance functions" (iquilezles.org/articles/distfunctions2d).
"""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.floating[Any]]
Point = tuple[float, float]


def ellipse(x: Field, y: Field, centre: Point, radii: Point, turn: float = 0.0) -> Field:
    """An ellipse turned by radians; its distance is exact at the edge, nearly so beside it."""
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    across, down = x - centre[0], y - centre[1]
    u = (across * cos + down * sin) / radii[0]
    v = (down * cos - across * sin) / radii[1]
    return (np.sqrt(u * u + v * v) - 1) * min(radii)


def capsule(x: Field, y: Field, start: Point, end: Point, widths: Point) -> Field:
    """A stroke with round ends, its half width going from widths[0] to widths[1]."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    across, down = x - start[0], y - start[1]
    along = np.clip((across * dx + down * dy) / (dx * dx + dy * dy + 1e-9), 0, 1)
    radius = widths[0] + (widths[1] - widths[0]) * along
    return np.hypot(across - along * dx, down - along * dy) - radius


def path(x: Field, y: Field, points: Sequence[Point], width: float) -> Field:
    """A stroke of even half width through points."""
    pieces = [
        capsule(x, y, start, end, (width, width)) for start, end in itertools.pairwise(points)
    ]
    return np.minimum.reduce(pieces)


def triangle(x: Field, y: Field, corners: Sequence[Point], rounding: float = 0.0) -> Field:
    """A triangle with rounded corners, its corners in either order."""
    (ax, ay), (bx, by), (cx, cy) = corners
    way = np.sign((bx - ax) * (cy - ay) - (by - ay) * (cx - ax))
    edges = zip(corners, [*corners[1:], corners[0]], strict=True)
    sides = [
        way * ((y0 - y) * (x1 - x0) - (x0 - x) * (y1 - y0)) / np.hypot(x1 - x0, y1 - y0)
        for (x0, y0), (x1, y1) in edges
    ]
    return np.maximum.reduce(sides) - rounding


def blend(first: Field, second: Field, reach: float) -> Field:
    """Both shapes, joined softly over a reach."""
    part = np.clip(0.5 + 0.5 * (second - first) / reach, 0, 1)
    return second * (1 - part) + first * part - reach * part * (1 - part)


def bump(x: Field, y: Field, centre: Point, sizes: Point) -> Field:
    """A soft hill (Gaussian) of height 1."""
    return np.exp(-(((x - centre[0]) / sizes[0]) ** 2) - ((y - centre[1]) / sizes[1]) ** 2)
