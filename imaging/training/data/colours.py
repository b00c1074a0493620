"""Colours by level: the way from one end of a palette to the other. RGB in 0 … 1."""

import colorsys
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Colour = NDArray[np.floating[Any]]
SKINS = ("#fbe1cf", "#f3c9a5", "#dca77c", "#b57d50", "#8a5635", "#5e3a26")


def from_hex(text: str) -> Colour:
    """`#rrggbb` as three numbers."""
    return np.frombuffer(bytes.fromhex(text.lstrip("#")), np.uint8).astype(np.float32) / 255


def to_hex(colour: Colour) -> str:
    """Three numbers as `rrggbb`, the form that DiceBear takes."""
    return bytes(np.clip(colour * 255 + 0.5, 0, 255).astype(np.uint8)).hex()


def along(palette: Sequence[str], level: float) -> Colour:
    """The colour at a level 0 … 1 of the way through a palette."""
    stops = np.stack([from_hex(text) for text in palette])
    place = min(max(level, 0.0), 1.0) * (len(stops) - 1)
    first = min(int(place), len(stops) - 2)
    part = np.float32(place - first)
    return stops[first] * (1 - part) + stops[first + 1] * part


def by_hue(level: float, saturation: float, value: float) -> Colour:
    """The colour at a level 0 … 1 of the way around the colour circle."""
    return np.array(colorsys.hsv_to_rgb(level, saturation, value), np.float32)
