"""A Shiba's head: ears, cheeks, eyes, muzzle, tongue. In units of the head's radius around its middle."""

import numpy as np

from imaging.training.data.canvas import Canvas, mixed
from imaging.training.data.colours import Colour, from_hex
from imaging.training.data.shapes import Field, Point, blend, capsule, ellipse, triangle
from imaging.training.data.shiba.coat import Coat
from imaging.training.traits import Look

BLACK = from_hex("#1a1413")
SCARVES = {"red": "#c8382f", "blue": "#2f63b8"}


class _Face:
    """A canvas seen in units of one head, turned a little to a side (-1 … 1)."""

    def __init__(self, canvas: Canvas, centre: Point, radius: float, turn: float) -> None:
        self.canvas = canvas.part(
            centre[0] - 1.3 * radius, centre[1] - 1.5 * radius,
            centre[0] + 1.3 * radius, centre[1] + 1.3 * radius,
        )  # fmt: skip
        self.radius, self.turn = radius, turn
        self.x: Field = (self.canvas.x - centre[0]) / np.float32(radius)
        self.y: Field = (self.canvas.y - centre[1]) / np.float32(radius)

    def flat(self, shape: Field, colour: Colour, soft: float = 0.0, opacity: float = 1.0) -> None:
        self.canvas.flat(shape * self.radius, colour, soft * self.radius, opacity)

    def round(self, shape: Field, colours: Colour, depth: float, gloss: float = 0.0) -> None:
        full = np.broadcast_to(colours, (*self.x.shape, 3))
        self.canvas.round(shape * self.radius, full, depth * self.radius, 0.6, gloss)


def draw_head(
    canvas: Canvas, look: Look, coat: Coat, centre: Point, radius: float, turn: float
) -> None:
    """The head around a centre, its radius about half its width; `turn` -1 … 1 to a side."""
    face = _Face(canvas, centre, radius, turn)
    if not face.x.size:
        return
    for side in (-1.0, 1.0):
        _ear(face, coat, side)
    _skull(face, coat)
    for side in (-1.0, 1.0):
        _eye(face, look.option("eyes"), coat, side)
    _muzzle(face, coat, look.option("mouth"))


def _ear(face: _Face, coat: Coat, side: float) -> None:
    x, y, root = face.x, face.y, side * 0.6 + face.turn * 0.1
    corners = [(root - side * 0.3, -0.42), (root + side * 0.24, -0.34), (root + side * 0.12, -1.0)]
    face.round(triangle(x, y, corners, 0.1), coat.body * np.float32(0.93), 0.22)
    inner = [(root - side * 0.12, -0.5), (root + side * 0.16, -0.44), (root + side * 0.1, -0.84)]
    face.flat(triangle(x, y, inner, 0.05), from_hex("#eab9a0"), soft=0.05)


def _skull(face: _Face, coat: Coat) -> None:
    x, y, turn = face.x, face.y, face.turn
    lower = blend(
        ellipse(x, y, (-0.5 + turn * 0.05, 0.26), (0.5, 0.45)),
        ellipse(x, y, (0.5 + turn * 0.05, 0.26), (0.5, 0.45)), 0.2,
    )  # fmt: skip
    skull = blend(ellipse(x, y, (0, -0.1), (0.84, 0.78)), lower, 0.25)
    cheeks = blend(
        ellipse(x, y, (-0.52 + turn * 0.2, 0.4), (0.44, 0.4)),
        ellipse(x, y, (0.52 + turn * 0.2, 0.4), (0.44, 0.4)), 0.12,
    )  # fmt: skip
    cheeks = blend(cheeks, ellipse(x, y, (turn * 0.28, 0.5), (0.46, 0.42)), 0.15)
    crown = np.clip(0.62 - ellipse(x, y, (turn * 0.1, -0.62), (0.34, 0.5)) / 0.5, 0, 1) * 0.6
    tones = mixed(mixed(coat.body, coat.dark, crown), coat.pale, 0.5 - cheeks / 0.12)
    face.round(skull, tones, 0.62)
    for side in (-1.0, 1.0):
        spot = ellipse(x, y, (side * 0.33 + turn * 0.22, -0.37), (0.13, 0.085), side * 0.3)
        face.flat(spot, coat.spots, soft=0.05)


def _eye(face: _Face, kind: str, coat: Coat, side: float) -> None:
    x, y = face.x - (side * 0.36 + face.turn * 0.24), face.y + 0.08
    if kind == "smiling":
        bow = y + 0.06 - 0.1 * (x / 0.15) ** 2
        shape = np.maximum(np.abs(bow) * 0.75, np.abs(x) - 0.14) - 0.03
        face.flat(shape, BLACK)
        return
    face.flat(
        ellipse(x, y, (0, 0), (0.165, 0.145), side * 0.25), coat.dark * np.float32(0.45), 0.03
    )
    face.round(ellipse(x, y, (0, 0), (0.13, 0.118), side * 0.2), from_hex("#20130e"), 0.12, 0.1)
    face.flat(ellipse(x, y, (-0.04, -0.045), (0.04, 0.038)), from_hex("#ffffff"))


def _muzzle(face: _Face, coat: Coat, mouth: str) -> None:
    x, y, place = face.x, face.y, face.turn * 0.36
    face.round(ellipse(x, y, (place, 0.36), (0.36, 0.3)), coat.pale, 0.34)
    if mouth == "open":
        face.flat(ellipse(x, y, (place, 0.62), (0.19, 0.19)), from_hex("#5a1f1f"))
        face.round(ellipse(x, y, (place, 0.7), (0.125, 0.16)), from_hex("#f08a8c"), 0.1)
        over = np.maximum(ellipse(x, y, (place, 0.42), (0.3, 0.16)), y - 0.52)
        face.flat(over, coat.pale, soft=0.03)
    for side in (-1.0, 1.0):
        lip = np.abs(ellipse(x, y, (place + side * 0.13, 0.46), (0.135, 0.11))) - 0.018
        face.flat(np.maximum(lip, 0.48 - y), BLACK)
    face.flat(capsule(x, y, (place, 0.3), (place, 0.5), (0.016, 0.016)), BLACK)
    nose = blend(
        ellipse(x, y, (place, 0.2), (0.14, 0.085)), ellipse(x, y, (place, 0.26), (0.07, 0.07)), 0.05
    )
    face.round(nose, BLACK, 0.1, 0.5)


def draw_scarf(canvas: Canvas, look: Look, centre: Point, width: float) -> None:
    """A cloth around the neck with a corner that hangs down, if the look has one."""
    colour = SCARVES.get(look.option("scarf"))
    if colour is None:
        return
    x, y = canvas.x, canvas.y
    band = ellipse(x, y, centre, (width, width * 0.3))
    corner = triangle(
        x, y,
        [(centre[0] - width * 0.6, centre[1]), (centre[0] + width * 0.6, centre[1]),
         (centre[0], centre[1] + width * 0.85)],
        width * 0.08,
    )  # fmt: skip
    cloth = np.broadcast_to(from_hex(colour), (*x.shape, 3))
    canvas.round(blend(band, corner, width * 0.1), cloth, width * 0.25)
