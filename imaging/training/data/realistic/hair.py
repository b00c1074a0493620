"""Hair of a portrait: what hangs behind the head, and what frames the face."""

import numpy as np

from imaging.training.data.canvas import Canvas
from imaging.training.data.colours import from_hex
from imaging.training.data.realistic.head import Head
from imaging.training.data.shapes import Field, blend, capsule, ellipse
from imaging.training.traits import Look

STYLES = ("bald", "buzz", "short", "parted", "swept", "curly", "bob", "long", "bun")
OVER_EARS = frozenset({"bob", "long", "curly"})
COLOURS = {"black": "#1c1817", "dark brown": "#33231c", "brown": "#57392a", "auburn": "#74402a",
           "blond": "#b48d57", "grey": "#8c8a88"}  # fmt: skip
THICKNESS = {"buzz": 0.008, "short": 0.024, "parted": 0.03, "swept": 0.036, "curly": 0.062,
             "bob": 0.036, "long": 0.034, "bun": 0.016}  # fmt: skip
MIDDLE = (0.0, -0.11)  # of the skull


def behind(canvas: Canvas, look: Look, head: Head) -> None:
    """Hair that the head and the shoulders stand before."""
    x, y, wide = canvas.x, canvas.y, head.half
    style = look.option("hair")
    if style == "bob":
        shape = capsule(x, y, (0, -0.1), (0, 0.08), (wide + 0.045, wide + 0.04))
    elif style == "long":
        shape = capsule(x, y, (0, -0.1), (0, 0.36), (wide + 0.04, wide + 0.055))
    elif style == "bun":
        shape = ellipse(x, y, (0, -0.335), (0.08, 0.06))
    elif style == "curly":
        shape = ellipse(x, y, (0, -0.07), (wide + 0.085, 0.27))
    else:
        return
    _paint(canvas, look, shape, 0.72 if style != "bun" else 0.95)


def front(canvas: Canvas, look: Look, head: Head) -> None:
    """Hair before the head, down to the hair line."""
    style = look.option("hair")
    if style == "bald":
        return
    x, y = canvas.x, canvas.y
    more = THICKNESS[style]
    outer = ellipse(x, y, MIDDLE, (head.half + more * 0.8, 0.2 + more))
    shape = np.maximum(outer, -_opening(canvas, style, head))
    shape = np.maximum(shape, y - (0.02 if style in OVER_EARS else -0.02))
    if style == "curly":
        shape = blend(shape, _curls(canvas, head), 0.02)
    if style in {"bob", "long"}:
        shape = np.minimum(shape, _locks(canvas, head, 0.12 if style == "bob" else 0.38))
    _paint(canvas, look, shape.astype(np.float32), 1.0)


def _opening(canvas: Canvas, style: str, head: Head) -> Field:
    """The part of the head that hair leaves free."""
    x, y, wide = canvas.x, canvas.y, head.half
    if style == "parted":
        return ellipse(x, y, (0.035, 0.02), (wide * 0.93, 0.2), 0.22)
    if style == "swept":
        return ellipse(x, y, (-0.03, 0.035), (wide * 0.93, 0.215), -0.16)
    if style == "bob":
        return np.maximum(ellipse(x, y, (0, 0.04), (wide * 0.86, 0.21)), -0.115 - y)
    low = {"buzz": 0.228, "short": 0.205, "curly": 0.2, "long": 0.235, "bun": 0.225}[style]
    return ellipse(x, y, (0, 0.03), (wide * (0.98 if style == "buzz" else 0.92), low))


def _curls(canvas: Canvas, head: Head) -> Field:
    balls = [
        ellipse(canvas.x, canvas.y, (np.sin(a) * (head.half + 0.03), -0.12 - np.cos(a) * 0.19),
                (0.05, 0.05))
        for a in np.linspace(-1.7, 1.7, 9)
    ]  # fmt: skip
    return np.minimum.reduce(balls)


def _locks(canvas: Canvas, head: Head, end: float) -> Field:
    sides = [
        capsule(canvas.x, canvas.y, (side * (head.half - 0.002), -0.13),
                (side * (head.half + 0.022), end), (0.024, 0.036))
        for side in (-1, 1)
    ]  # fmt: skip
    return np.minimum(*sides)


def _paint(canvas: Canvas, look: Look, shape: Field, bright: float) -> None:
    """Hair follows the round of the skull, and is a little thick at its edge."""
    x, y = canvas.x, canvas.y
    skull = np.sqrt(np.clip(1.15 - (x / 0.25) ** 2 - ((y - MIDDLE[1]) / 0.29) ** 2, 0.04, None))
    light = canvas.brightness((0.22 * skull).astype(np.float32) + canvas.dome(shape, 0.02) * 0.35)
    tones = np.clip(0.55 + 0.75 * light + _strands(canvas, look.option("hair")), 0.25, 1.9)
    colour = from_hex(COLOURS[look.option("hair colour")]) * np.float32(bright)
    canvas.lay((colour * tones[..., None]).astype(np.float32), canvas.cover(shape, 0.004))


def _strands(canvas: Canvas, style: str) -> Field:
    """Light and dark along the hair, the same on every head of a style."""
    x, y = canvas.x, canvas.y
    if style in {"curly", "buzz"}:
        waves = np.sin(95 * x + 3 * np.sin(40 * y)) * np.sin(95 * y + 3 * np.sin(40 * x))
        return (0.13 * waves).astype(np.float32)
    angle = np.arctan2(x - MIDDLE[0] - 0.04, -(y - 0.25))
    waves = np.sin(angle * 95) + 0.6 * np.sin(angle * 57 + 2 * y)
    band = np.exp(-(((y + 0.2 + 0.6 * x * x) / 0.035) ** 2))
    return (0.1 * waves + 0.3 * band).astype(np.float32)
