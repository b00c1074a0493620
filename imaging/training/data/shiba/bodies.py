"""The poses: a portrait close by, sitting towards us, standing sideways. Feet are at y = GROUND."""

from collections.abc import Callable

import numpy as np

from imaging.training.data.canvas import Canvas, mixed
from imaging.training.data.shapes import Field, Point, blend, capsule, ellipse, path
from imaging.training.data.shiba.coat import Coat
from imaging.training.data.shiba.head import draw_head, draw_scarf
from imaging.training.traits import Look

GROUND = 0.4
PLACES = {"left": -0.52, "middle": 0.0, "right": 0.52}
REACH = 0.56  # half the width of the window that a body is painted in


def _place(look: Look) -> float:
    return PLACES[look.option("place")] + look.between("step", -0.05, 0.05)


def _facing(look: Look) -> float:
    return -1.0 if look.option("facing") == "left" else 1.0


def portrait(canvas: Canvas, look: Look, coat: Coat) -> None:
    """Head, neck and chest, as close as the picture is high."""
    place, radius = _place(look), look.between("size", 0.265, 0.3)
    near = canvas.part(place - REACH, -0.5, place + REACH, 0.5)
    x, y, turn = near.x, near.y, look.between("turn", 0.05, 0.65) * _facing(look)
    trunk = blend(
        ellipse(x, y, (place, 0.62), (0.43, 0.34)),
        ellipse(x, y, (place, 0.03 + radius * 0.7), (radius * 0.92, radius * 0.8)), 0.12,
    )  # fmt: skip
    chest = ellipse(x, y, (place + turn * 0.05, 0.56), (0.22, 0.34))
    near.round(trunk, mixed(coat.body, coat.pale, 0.5 - chest / 0.06), 0.22)
    draw_scarf(near, look, (place + turn * 0.02, 0.315), 0.26)
    draw_head(canvas, look, coat, (place, 0.0), radius, turn)


def sit(canvas: Canvas, look: Look, coat: Coat) -> None:
    """Sitting, seen from the front, the tail curled at one side."""
    place, size = _place(look), look.between("size", 0.98, 1.12)
    near = canvas.part(place - REACH, -0.5, place + REACH, 0.5)
    x, y, side = (
        (near.x - place) / np.float32(size),
        (near.y - GROUND) / np.float32(size),
        _facing(look),
    )
    draw = _Painter(near, size)
    draw.shadow(x, y, 0.33)
    tail = path(x, y, [(side * a, b) for a, b in TAIL_SITTING], 0.048)
    inner = 0.5 - (np.hypot(x - side * 0.225, y + 0.155) - 0.06) / 0.03
    draw.round(tail, mixed(coat.body, coat.pale, inner), 0.06)
    trunk = blend(
        ellipse(x, y, (0, -0.13), (0.185, 0.145)), ellipse(x, y, (0, -0.27), (0.13, 0.2)), 0.08
    )
    chest = ellipse(x, y, (0, -0.26), (0.085, 0.18))
    draw.round(trunk, mixed(coat.body, coat.pale, 0.5 - chest / 0.035), 0.15)
    for leg in (-1.0, 1.0):
        draw.round(ellipse(x, y, (leg * 0.165, -0.035), (0.075, 0.043)), coat.legs, 0.05)
        shin = capsule(x, y, (leg * 0.062, -0.25), (leg * 0.066, -0.035), (0.046, 0.043))
        sock = np.clip((y + 0.115) / 0.05, 0, 1)
        draw.round(shin, mixed(coat.legs, coat.pale, sock), 0.05)
    draw_scarf(near, look, (place, GROUND - 0.375 * size), 0.115 * size)
    turn = look.between("turn", 0.0, 0.6) * side
    draw_head(canvas, look, coat, (place, GROUND - 0.51 * size), 0.178 * size, turn)


def stand(canvas: Canvas, look: Look, coat: Coat) -> None:
    """Standing, seen from the side, the tail rolled over the back."""
    place, size, facing = _place(look), look.between("size", 0.98, 1.14), _facing(look)
    near = canvas.part(place - REACH, -0.5, place + REACH, 0.5)
    x = (near.x - place) * facing / np.float32(size)
    y = (near.y - GROUND) / np.float32(size)
    draw = _Painter(near, size)
    draw.shadow(x, y, 0.36)
    stride = look.between("turn", -0.03, 0.03)
    for foot in (-0.2 + stride, 0.13 - stride):
        _leg(draw, coat, x, y, foot, 0.74)
    inner = 0.5 - (np.hypot(x + 0.27, y + 0.4) - 0.065) / 0.03
    draw.round(path(x, y, TAIL_STANDING, 0.046), mixed(coat.body, coat.pale, inner), 0.06)
    draw.round(*_trunk(coat, x, y), 0.16)
    for foot in (-0.15 - stride, 0.185 + stride):
        _leg(draw, coat, x, y, foot, 1.0)
    head = (place + facing * 0.275 * size, GROUND - 0.545 * size)
    draw_scarf(near, look, (place + facing * 0.235 * size, GROUND - 0.41 * size), 0.11 * size)
    draw_head(canvas, look, coat, head, 0.165 * size, facing * look.between("turn", 0.3, 0.85))


def _trunk(coat: Coat, x: Field, y: Field) -> tuple[Field, Field]:
    back = capsule(x, y, (-0.17, -0.27), (0.15, -0.27), (0.115, 0.12))
    neck = capsule(x, y, (0.14, -0.3), (0.25, -0.47), (0.105, 0.09))
    shape = blend(blend(back, neck, 0.08), ellipse(x, y, (-0.18, -0.24), (0.11, 0.13)), 0.06)
    belly = np.clip((y + 0.215) / 0.06, 0, 1)
    chest = 0.5 - ellipse(x, y, (0.27, -0.3), (0.075, 0.14)) / 0.04
    saddle = np.clip((-0.3 - y) / 0.08, 0, 1) * np.clip((0.17 - x) / 0.08, 0, 1) * 0.7
    tones = mixed(mixed(coat.body, coat.dark, saddle), coat.pale, np.maximum(belly, chest))
    return shape, tones


def _leg(draw: "_Painter", coat: Coat, x: Field, y: Field, foot: float, light: float) -> None:
    hind = foot < 0
    thigh = capsule(x, y, (foot, -0.22), (foot, -0.03), (0.062 if hind else 0.048, 0.032))
    paw = ellipse(x, y, (foot + 0.014, -0.016), (0.043, 0.026))
    sock = np.clip((y + 0.1) / 0.06, 0, 1)
    tones = mixed(coat.legs, coat.pale, sock) * np.float32(light)
    draw.round(blend(thigh, paw, 0.02), tones, 0.05)


class _Painter:
    """Paints on a window in units of the dog's size."""

    def __init__(self, canvas: Canvas, size: float) -> None:
        self._canvas, self._size = canvas, size

    def round(self, shape: Field, colours: Field, depth: float) -> None:
        full = np.broadcast_to(colours, (*shape.shape, 3))
        self._canvas.round(shape * np.float32(self._size), full, depth * self._size)

    def shadow(self, x: Field, y: Field, half: float) -> None:
        """Soft dark on the ground."""
        depth = np.clip(1 - (x / half) ** 2 - (y / 0.06) ** 2, 0, 1) * 0.42
        self._canvas.lay(np.zeros(3, np.float32), depth)


def _curl(middle: Point, radius: float, first: float, last: float) -> tuple[Point, ...]:
    """Points of a spiral inwards, between two angles."""
    turns = np.linspace(first, last, 14)
    radii = radius * np.linspace(1, 0.62, 14)
    return tuple(
        (float(middle[0] + r * np.cos(t)), float(middle[1] + r * np.sin(t)))
        for t, r in zip(turns, radii, strict=True)
    )


TAIL_SITTING = ((0.1, -0.05), *_curl((0.215, -0.15), 0.1, 1.75, -3.0))
TAIL_STANDING = ((-0.2, -0.29), *_curl((-0.265, -0.4), 0.1, 1.5, 6.4))
POSES: dict[str, Callable[[Canvas, Look, Coat], None]] = {
    "sitting": sit, "standing": stand, "portrait": portrait,
}  # fmt: skip
