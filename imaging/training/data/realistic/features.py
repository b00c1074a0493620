"""Eyes, brows, nostrils, lips and glasses of a portrait."""

import numpy as np

from imaging.training.data.canvas import Canvas, mixed
from imaging.training.data.colours import Colour, from_hex
from imaging.training.data.realistic.hair import COLOURS
from imaging.training.data.realistic.head import EYE, MOUTH, Head
from imaging.training.data.shapes import Field, bump, capsule, ellipse
from imaging.training.traits import Look

IRISES = {"dark": "#2a1a12", "brown": "#5b3a20", "hazel": "#6a5430", "green": "#52664a",
          "blue": "#4f6d8a"}  # fmt: skip
FRAME = from_hex("#1d1e22")


def draw(canvas: Canvas, look: Look, head: Head, skin: Colour) -> None:
    """Everything on the face but glasses."""
    for side in (-1.0, 1.0):
        _eye(canvas, look, side * EYE[0] + head.turn, side, head.turn, skin)
        _brow(canvas, look, side * EYE[0] + head.turn, side)
        nostril = ellipse(
            canvas.x, canvas.y, (side * 0.014 * head.nose + head.turn * 1.3, 0.064), (0.0085, 0.005)
        )
        canvas.flat(nostril, skin * np.array((0.38, 0.24, 0.2), np.float32), 0.006, 0.75)
    _mouth(canvas, look, head.turn, skin)


def _eye(canvas: Canvas, look: Look, place: float, side: float, turn: float, skin: Colour) -> None:
    x, y = canvas.x - np.float32(place), canvas.y - np.float32(EYE[1])
    socket = bump(x, y, (0, -0.012), (0.05, 0.03))
    canvas.lay(skin * np.array((0.55, 0.42, 0.4), np.float32), socket * 0.34)
    y = y + side * x * 0.07  # outer corners a little higher
    open_eye = np.maximum(_bow(x, y, 0.041, -0.0195), -_bow(x, y, 0.041, 0.0145))
    white = mixed(from_hex("#c2b6b0"), from_hex("#f3eeea"), np.clip((y + 0.018) / 0.018, 0, 1))
    canvas.lay(white, canvas.cover(open_eye))
    gaze = turn * 0.35
    iris = from_hex(IRISES[look.option("eyes")])
    for shape, colour in (
        (ellipse(x, y, (gaze, -0.001), (0.0185, 0.0185)), iris * 0.55),
        (ellipse(x, y, (gaze, 0.0), (0.0155, 0.0155)), iris * 1.05),
        (ellipse(x, y, (gaze, -0.001), (0.0085, 0.0085)), FRAME * 0.4),
    ):
        canvas.flat(np.maximum(open_eye, shape), colour)
    canvas.flat(ellipse(x, y, (gaze - 0.005, -0.007), (0.0042, 0.0042)), from_hex("#ffffff"))
    lash = np.maximum(np.abs(_bow(x, y, 0.041, -0.0205)) - 0.0042, np.abs(x) - 0.043)
    canvas.flat(lash, FRAME, soft=0.003, opacity=0.92)
    crease = np.maximum(np.abs(_bow(x, y + 0.012, 0.043, -0.017)) - 0.0016, np.abs(x) - 0.036)
    canvas.flat(crease, skin * 0.45, soft=0.004, opacity=0.45)


def _bow(x: Field, y: Field, half: float, height: float) -> Field:
    """Signed height over a parabola that ends at ±half and reaches `height` in the middle."""
    over: Field = np.float32(height) * (1 - (x / half) ** 2) - y
    return over


def _brow(canvas: Canvas, look: Look, place: float, side: float) -> None:
    x, y = canvas.x - np.float32(place), canvas.y - np.float32(EYE[1])
    thick = look.between("brows", 0.0065, 0.012)
    outward = x * side
    line = y + 0.05 + 0.011 * (1 - ((outward - 0.012) / 0.05) ** 2)
    taper = thick * (1 - np.clip((outward - 0.01) / 0.06, 0, 0.75))
    shape = np.maximum(np.abs(line) - taper, np.abs(x - side * 0.002) - 0.048)
    colour = from_hex(COLOURS[look.option("hair colour")]) * 0.62
    canvas.flat(shape.astype(np.float32), colour, soft=0.006, opacity=0.88)


def _mouth(canvas: Canvas, look: Look, turn: float, skin: Colour) -> None:
    x, y = canvas.x - np.float32(turn * 1.15), canvas.y - np.float32(MOUTH)
    kind = look.option("mouth")
    half = {"closed": 0.052, "smile": 0.06, "laugh": 0.064}[kind]
    lift = {"closed": 0.002, "smile": 0.014, "laugh": 0.015}[kind]
    y = y + np.float32(lift) * (np.clip(np.abs(x) / half, 0, 1.2) ** 2) - np.float32(lift * 0.4)
    fall = np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1))
    gap = 0.017 * fall if kind == "laugh" else np.zeros_like(x)
    cupid = 0.0115 + 0.004 * np.cos(np.clip(np.abs(x) / 0.022, 0, np.pi))
    red = look.between("lips", 0.0, 0.8)
    lips = skin * (1 - red) * np.array((0.86, 0.58, 0.56), np.float32) + red * np.array(
        (0.66, 0.22, 0.24), np.float32
    ) * (0.5 + 0.5 * skin.mean())
    ends = np.abs(x) - half
    upper = np.maximum.reduce([-y - cupid * fall, y, ends])
    lower = np.maximum.reduce([y - gap - 0.0185 * fall, gap - y, ends])
    canvas.flat(upper.astype(np.float32), lips * 0.82, soft=0.004)
    canvas.round(lower.astype(np.float32), np.broadcast_to(lips, (*x.shape, 3)), 0.016, 0.8, 0.16)
    if kind == "laugh":
        canvas.flat(np.maximum.reduce([-y, y - gap, ends]), from_hex("#f4f0ea"))
        below = np.maximum.reduce([gap * 0.72 - y, y - gap, ends])
        canvas.flat(below, from_hex("#5a2426"), opacity=0.6)
    else:
        line = np.maximum(np.abs(y) - 0.0028 * fall, ends)
        canvas.flat(line, skin * np.array((0.36, 0.2, 0.2), np.float32), soft=0.003, opacity=0.85)


def glasses(canvas: Canvas, look: Look, head: Head) -> None:
    """Frames before the eyes, if the look has any."""
    kind = look.option("glasses")
    if not kind:
        return
    x, y = canvas.x - np.float32(head.turn), canvas.y - np.float32(EYE[1] + 0.004)
    for side in (-1, 1):
        place = x - side * EYE[0]
        lens = ellipse(place, y, (0, 0), (0.057, 0.052))
        if kind == "square":
            lens = np.maximum(np.abs(place) - 0.056, np.abs(y) - 0.04)
        canvas.flat(np.abs(lens) - 0.0045, FRAME)
        canvas.flat(lens, from_hex("#ffffff"), opacity=0.07)
    canvas.flat(capsule(x, y, (-0.022, -0.008), (0.022, -0.008), (0.0045, 0.0045)), FRAME)
