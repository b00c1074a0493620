"""Realistic portraits: a head as a surface with heights, lit like in a studio. Nobody real is shown."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from imaging.training.data.canvas import Canvas, mixed
from imaging.training.data.colours import SKINS, Colour, along, by_hue
from imaging.training.data.realistic import features, hair
from imaging.training.data.realistic.head import Head, lit_skin
from imaging.training.data.shapes import Field, bump, capsule, ellipse
from imaging.training.traits import Layout, Look, Trait

ZOOM = 1.2
GROUNDS = ("#8d99a6", "#a9b4ad", "#c6b8a4", "#b79f97", "#a39bb4", "#7f97a8")

LAYOUT = Layout((
    Trait("hair", hair.STYLES), Trait("hair colour", tuple(hair.COLOURS)),
    Trait("beard", ("", "stubble", "full", "moustache"), (10, 2, 2, 1)),
    Trait("glasses", ("", "round", "square"), (8, 1, 1)),
    Trait("eyes", tuple(features.IRISES), (3, 3, 1, 1, 1)),
    Trait("mouth", ("closed", "smile", "laugh"), (2, 2, 1)),
    Trait("light", ("left", "right")), Trait("neckline", ("round", "vee")),
    Trait("skin"), Trait("clothes"), Trait("clothes paleness"), Trait("ground"), Trait("turn"),
    Trait("width"), Trait("jaw"), Trait("brows"), Trait("lips"), Trait("nose"),
))  # fmt: skip


def draw(looks: Sequence[Look], height: int, width: int) -> NDArray[np.uint8]:
    """One portrait for each look: uint8 [n, height, width, 3]."""
    return np.stack([_portrait(look, height, width) for look in looks])


def _portrait(look: Look, height: int, width: int) -> NDArray[np.uint8]:
    side = -1.0 if look.option("light") == "left" else 1.0
    canvas = Canvas(height, width, (side * 0.55, -0.5, 0.67), ZOOM)
    skin = along(SKINS, look.level("skin"))
    head = Head(canvas, look)
    _ground(canvas, look, side)
    hair.behind(canvas, look, head)
    _body(canvas, look, skin)
    if look.option("hair") not in hair.OVER_EARS:
        _ears(canvas, head, skin)
    canvas.lay(lit_skin(canvas, head, skin, look), canvas.cover(head.outline))
    features.draw(canvas, look, head, skin)
    hair.front(canvas, look, head)
    features.glasses(canvas, look, head)
    return canvas.picture()


def _ground(canvas: Canvas, look: Look, side: float) -> None:
    tone = along(GROUNDS, look.level("ground"))
    glow = bump(canvas.x, canvas.y, (side * 0.2, -0.1), (0.6, 0.6))
    canvas.colours[:] = mixed(tone * 0.62, tone * 1.08, glow)


def _body(canvas: Canvas, look: Look, skin: Colour) -> None:
    x, y = canvas.x, canvas.y
    broad = look.between("jaw", 0.0, 0.03)
    neck = capsule(x, y, (0, 0.1), (0, 0.36), (0.078 + broad, 0.088 + broad))
    under_chin = 1 - 0.5 * bump(x, y, (-canvas.light[0] * 0.05, 0.2), (0.16, 0.1))
    canvas.round(neck, skin * np.array((0.93, 0.86, 0.83), np.float32) * under_chin[..., None], 0.1)
    chest = ellipse(x, y, (0, 0.5), (0.2, 0.19))
    canvas.flat(chest, skin * np.array((0.8, 0.72, 0.68), np.float32))
    clothes = by_hue(look.level("clothes"), look.between("clothes paleness", 0.15, 0.55), 0.5)
    shoulders = ellipse(x, y, (0, 0.58), (0.4 + broad, 0.31))
    opening = _opening(canvas, look.option("neckline"))
    canvas.round(np.maximum(shoulders, -opening), np.broadcast_to(clothes, (*x.shape, 3)), 0.16)


def _opening(canvas: Canvas, kind: str) -> Field:
    x, y = canvas.x, canvas.y
    if kind == "round":
        return ellipse(x, y, (0, 0.27), (0.12, 0.06))
    return np.maximum(np.abs(x) * 1.3 + y - 0.41, 0.2 - y)


def _ears(canvas: Canvas, head: Head, skin: Colour) -> None:
    x, y = canvas.x, canvas.y
    for side in (-1, 1):
        place = (side * (head.half + 0.004) - head.turn * 0.5, -0.015)
        ear = ellipse(x, y, place, (0.026, 0.056), side * 0.16)
        canvas.round(ear, np.broadcast_to(skin * np.float32(0.9), (*x.shape, 3)), 0.03)
        inner = ellipse(x, y, (place[0] + side * 0.003, -0.012), (0.011, 0.033), side * 0.16)
        canvas.flat(inner, skin * 0.62, soft=0.012, opacity=0.6)
