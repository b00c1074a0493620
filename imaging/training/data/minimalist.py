"""Minimalist faces: a few flat shapes, dots for eyes, no outline."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from imaging.training.data.canvas import Canvas
from imaging.training.data.colours import SKINS, Colour, along, by_hue, from_hex
from imaging.training.data.shapes import Field, blend, capsule, ellipse
from imaging.training.traits import Layout, Look, Trait

HAIRS = ("none", "short", "parted", "fringe", "bob", "long", "bun", "curls", "quiff", "cap")
HAIR_COLOURS = ("#1d1a1c", "#3b2620", "#6a4128", "#a8693a", "#d8b26a", "#9aa0a8")
INK = from_hex("#22242b")
LIGHT = (0.0, 0.0, 1.0)  # flat pictures have none
ZOOM = 1.16

LAYOUT = Layout((
    Trait("hair", HAIRS), Trait("eyes", ("dots", "closed", "glasses"), (3, 1, 1)),
    Trait("mouth", ("smile", "flat", "open", "small"), (3, 1, 1, 1)),
    Trait("collar", ("round", "vee", "high")), Trait("cheeks", ("", "rosy"), (2, 1)),
    Trait("skin"), Trait("hair colour"), Trait("clothes"), Trait("ground"), Trait("paleness"),
    Trait("head width"), Trait("fair cap"),
))  # fmt: skip


def draw(looks: Sequence[Look], height: int, width: int) -> NDArray[np.uint8]:
    """One face for each look: uint8 [n, height, width, 3]."""
    return np.stack([_face(look, height, width) for look in looks])


def _face(look: Look, height: int, width: int) -> NDArray[np.uint8]:
    canvas = Canvas(height, width, LIGHT, ZOOM)
    canvas.colours[:] = by_hue(look.level("ground"), look.between("paleness", 0.06, 0.2), 0.97)
    skin, hair = along(SKINS, look.level("skin")), along(HAIR_COLOURS, look.level("hair colour"))
    half = look.between("head width", 0.165, 0.2)
    _hair_behind(canvas, look.option("hair"), hair, half)
    _body(canvas, look, skin)
    canvas.flat(_head(canvas, half), skin)
    for side in (-1, 1):
        canvas.flat(ellipse(canvas.x, canvas.y, (side * half, -0.03), (0.032, 0.042)), skin)
    _features(canvas, look)
    FRONTS[look.option("hair")](canvas, _cap_colour(look, hair), half)
    return canvas.picture()


def _head(canvas: Canvas, half: float) -> Field:
    x, y = canvas.x, canvas.y
    return blend(
        ellipse(x, y, (0, -0.1), (half, 0.17)), ellipse(x, y, (0, 0.03), (half * 0.86, 0.16)), 0.1
    )


def _body(canvas: Canvas, look: Look, skin: Colour) -> None:
    x, y = canvas.x, canvas.y
    clothes = by_hue(look.level("clothes"), 0.52, 0.72)
    canvas.flat(capsule(x, y, (0, 0.1), (0, 0.3), (0.075, 0.075)), skin * 0.86)
    canvas.flat(ellipse(x, y, (0, 0.62), (0.37, 0.34)), clothes)
    collar = look.option("collar")
    if collar == "round":
        canvas.flat(ellipse(x, y, (0, 0.285), (0.095, 0.065)), skin * 0.86)
    elif collar == "vee":
        canvas.flat(np.maximum(np.abs(x) * 1.5 + y - 0.42, 0.27 - y), skin * 0.86)
    else:
        canvas.flat(capsule(x, y, (-0.05, 0.265), (0.05, 0.265), (0.045, 0.045)), clothes * 0.85)


def _features(canvas: Canvas, look: Look) -> None:
    x, y = canvas.x, canvas.y
    for side in (-1, 1):
        _eye(canvas, look.option("eyes"), side * 0.075)
        if look.option("cheeks"):
            blush = ellipse(x, y, (side * 0.11, 0.045), (0.036, 0.026))
            canvas.flat(blush, from_hex("#ef7f7b"), soft=0.01, opacity=0.45)
    if look.option("eyes") == "glasses":
        canvas.flat(capsule(x, y, (-0.025, -0.025), (0.025, -0.025), (0.006, 0.006)), INK)
    _mouth(canvas, look.option("mouth"))


def _eye(canvas: Canvas, kind: str, place: float) -> None:
    x, y = canvas.x, canvas.y
    if kind == "closed":
        canvas.flat(_arc(x - place, y + 0.025, 0.03, -0.016, 0.0075), INK)
        return
    canvas.flat(ellipse(x, y, (place, -0.025), (0.0165, 0.0195)), INK)
    if kind == "glasses":
        canvas.flat(np.abs(ellipse(x, y, (place, -0.025), (0.052, 0.052))) - 0.0065, INK)


def _mouth(canvas: Canvas, kind: str) -> None:
    x, y = canvas.x, canvas.y - 0.085
    if kind == "smile":
        canvas.flat(_arc(x, y, 0.058, 0.028, 0.0085), INK)
    elif kind == "flat":
        canvas.flat(capsule(x, y, (-0.04, 0.01), (0.04, 0.01), (0.0085, 0.0085)), INK)
    elif kind == "small":
        canvas.flat(_arc(x, y, 0.03, 0.014, 0.0085), INK)
    else:
        canvas.flat(np.maximum(ellipse(x, y, (0, 0), (0.058, 0.05)), -y), INK)
        canvas.flat(np.maximum(ellipse(x, y, (0, 0.055), (0.035, 0.028)), -y), from_hex("#e0615f"))


def _arc(x: Field, y: Field, half: float, depth: float, width: float) -> Field:
    """A bow of half length `half` whose middle hangs `depth` below its ends."""
    bow = y - depth * (1 - (x / half) ** 2)
    slope = 2 * depth * x / half**2
    return np.maximum(np.abs(bow) / np.sqrt(1 + slope * slope), np.abs(x) - half) - width


def _cap_colour(look: Look, hair: Colour) -> Colour:
    if look.option("hair") != "cap":
        return hair
    return by_hue(look.level("fair cap"), 0.55, 0.62)


def _hair_behind(canvas: Canvas, kind: str, colour: Colour, half: float) -> None:
    x, y = canvas.x, canvas.y
    if kind == "bob":
        canvas.flat(capsule(x, y, (0, -0.1), (0, 0.06), (half + 0.045, half + 0.05)), colour)
    elif kind == "long":
        canvas.flat(capsule(x, y, (0, -0.1), (0, 0.26), (half + 0.045, half + 0.06)), colour)
    elif kind == "bun":
        canvas.flat(ellipse(x, y, (0, -0.335), (0.085, 0.08)), colour)
    elif kind == "curls":
        for place, down in ((-0.2, -0.06), (0.2, -0.06), (-0.2, 0.04), (0.2, 0.04)):
            canvas.flat(ellipse(x, y, (place, down), (0.075, 0.075)), colour)


def _crown(canvas: Canvas, half: float, brow: Field | float) -> Field:
    """The head's upper part down to a hair line."""
    x, y = canvas.x, canvas.y
    return np.maximum(ellipse(x, y, (0, -0.1), (half + 0.022, 0.195)), y - brow)


def _none(canvas: Canvas, colour: Colour, half: float) -> None:
    """A bald head needs no paint."""


def _short(canvas: Canvas, colour: Colour, half: float) -> None:
    canvas.flat(_crown(canvas, half, -0.155 + 2.2 * canvas.x**2), colour)


def _parted(canvas: Canvas, colour: Colour, half: float) -> None:
    canvas.flat(_crown(canvas, half, -0.2 + 1.5 * np.abs(canvas.x + 0.07) ** 1.3), colour)


def _fringe(canvas: Canvas, colour: Colour, half: float) -> None:
    canvas.flat(_crown(canvas, half, -0.1 + 1.2 * np.clip(np.abs(canvas.x) - 0.13, 0, 1)), colour)


def _framed(canvas: Canvas, colour: Colour, half: float) -> None:
    canvas.flat(_crown(canvas, half, -0.17 + 3.4 * canvas.x**2), colour)


def _curls(canvas: Canvas, colour: Colour, half: float) -> None:
    x, y = canvas.x, canvas.y
    for turn in np.linspace(-1.35, 1.35, 7):
        place = (np.sin(turn) * (half + 0.005), -0.1 - np.cos(turn) * 0.165)
        canvas.flat(ellipse(x, y, place, (0.07, 0.07)), colour)
    canvas.flat(_crown(canvas, half, -0.17), colour)


def _quiff(canvas: Canvas, colour: Colour, half: float) -> None:
    canvas.flat(_crown(canvas, half, -0.17 + 2.0 * canvas.x**2), colour)
    tuft = capsule(canvas.x, canvas.y, (-0.1, -0.255), (0.11, -0.285), (0.05, 0.075))
    canvas.flat(tuft, colour)


def _cap(canvas: Canvas, colour: Colour, half: float) -> None:
    canvas.flat(_crown(canvas, half, -0.145), colour)
    visor = capsule(canvas.x, canvas.y, (0.0, -0.145), (half + 0.06, -0.145), (0.02, 0.02))
    canvas.flat(visor, colour * 0.8)


FRONTS: dict[str, Callable[[Canvas, Colour, float], None]] = {
    "none": _none, "short": _short, "parted": _parted, "fringe": _fringe, "bob": _fringe,
    "long": _framed, "bun": _framed, "curls": _curls, "quiff": _quiff, "cap": _cap,
}  # fmt: skip
