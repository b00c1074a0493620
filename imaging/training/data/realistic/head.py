"""The head as a surface: its outline, its heights with nose, brows, sockets, lips and chin, its light."""

import numpy as np

from imaging.training.data.canvas import Canvas
from imaging.training.data.colours import Colour
from imaging.training.data.shapes import Field, bump
from imaging.training.traits import Look

CROWN, CHIN = -0.3, 0.205  # heights of the head's ends
WIDEST = 0.42  # of the way from crown to chin
DEPTH = 0.19
EYE = (0.078, -0.04)  # from the middle
MOUTH = 0.112
SUNKEN = np.array((0.3, 0.2, 0.15), np.float32)  # how far light goes around in red, green, blue


class Head:
    """Outline (a distance) and heights of one head on a canvas."""

    def __init__(self, canvas: Canvas, look: Look) -> None:
        self.half = look.between("width", 0.166, 0.19)
        self.turn = look.between("turn", -0.022, 0.022)
        self.nose = look.between("nose", 0.85, 1.2)
        x, y = canvas.x, canvas.y
        profile = _profile(y, look.between("jaw", 2.3, 3.3))
        width = np.maximum(profile * np.float32(self.half), 1e-4)
        self.outline: Field = np.where(profile > 0, np.abs(x) - width, 0.1).astype(np.float32)
        across = np.clip(1 - (x / width) ** 2, 0, 1)
        self.heights: Field = DEPTH * np.sqrt(profile) * np.sqrt(across) + self._forms(x, y)

    def _forms(self, x: Field, y: Field) -> Field:
        """What stands out of the round head, and what lies deeper."""
        moved, nose = x - self.turn, self.nose
        forms = 0.036 * bump(moved, y, (0, 0.01), (0.02 * nose, 0.055))  # bridge
        forms += 0.05 * bump(moved, y, (0, 0.045), (0.026 * nose, 0.024))  # tip
        forms += 0.012 * bump(moved, y, (0, MOUTH), (0.07, 0.05))
        forms += 0.012 * bump(moved, y, (0, MOUTH + 0.02), (0.04, 0.011))  # lower lip
        forms -= 0.01 * bump(moved, y, (0, MOUTH + 0.04), (0.04, 0.012))
        forms += 0.018 * bump(moved, y, (0, 0.175), (0.05, 0.03))  # chin
        for side in (-1, 1):
            forms += 0.016 * bump(moved, y, (side * 0.024 * nose, 0.055), (0.014, 0.014))
            forms += 0.011 * bump(moved, y, (side * 0.075, -0.085), (0.05, 0.018))  # brow
            forms -= 0.02 * bump(moved, y, (side * EYE[0], EYE[1] - 0.005), (0.042, 0.026))
            forms += 0.012 * bump(moved, y, (side * EYE[0], EYE[1]), (0.026, 0.016))  # eyeball
            forms += 0.02 * bump(moved, y, (side * 0.105, 0.035), (0.05, 0.04))  # cheek
        return forms.astype(np.float32)


def _profile(y: Field, jaw: float) -> Field:
    """Half width at a height as a share of the widest, 0 above the crown and below the chin."""
    way = np.clip((y - CROWN) / (CHIN - CROWN), 0, 1)
    upper = np.sqrt(1 - np.clip((WIDEST - way) / WIDEST, 0, 1) ** 2.2)
    lower = (1 - np.clip((way - WIDEST) / (1 - WIDEST), 0, 1) ** jaw) ** 0.62
    return (upper * lower).astype(np.float32)


def lit_skin(canvas: Canvas, head: Head, skin: Colour, look: Look) -> Colour:
    """The skin's colours [height, width, 3]: light, that which goes through it, shine, blood, beard."""
    down, right = np.gradient(head.heights, np.float32(canvas.pixel))
    length = np.sqrt(right * right + down * down + 1)
    light = canvas.light
    direct = (light[2] - right * light[0] - down * light[1]) / length
    lit = np.clip((direct[..., None] + SUNKEN) / (1 + SUNKEN), 0, 1)
    back = np.clip((0.5 + right * light[0]) / length, 0, 1)[..., None] * 0.16
    middle = light + np.array((0, 0, 1), np.float32)
    middle /= np.linalg.norm(middle)
    glance = np.clip((middle[2] - right * middle[0] - down * middle[1]) / length, 0, 1)
    shine = 0.16 * glance**24
    return _toned(canvas, head, skin, look) * (0.34 + 0.78 * lit + back) + shine[..., None]


def _toned(canvas: Canvas, head: Head, skin: Colour, look: Look) -> Colour:
    x, y = canvas.x - head.turn, canvas.y
    blood = 0.6 * bump(x, y, (0, 0.048), (0.03, 0.025))
    for side in (-1, 1):
        blood += 0.5 * bump(x, y, (side * 0.1, 0.045), (0.05, 0.04))
    tones = skin * (1 - blood[..., None] * np.array((0.0, 0.16, 0.18), np.float32))
    return tones * (1 - _beard(x, y, look.option("beard"))[..., None])


def _beard(x: Field, y: Field, kind: str) -> Field:
    """How much a beard darkens the skin."""
    if not kind:
        return np.zeros_like(x)
    mouth = bump(x, y, (0, MOUTH + 0.004), (0.052, 0.02))
    if kind == "moustache":
        lip = np.clip(1.4 - np.abs(x) / 0.05, 0, 1) * bump(x, y, (0, MOUTH - 0.026), (1, 0.013))
        return np.clip(1.3 * lip - mouth, 0, 0.7)
    border = 0.082 - 0.8 * np.clip(np.abs(x) - 0.045, 0, 0.1)
    grown = np.clip((y - border) / 0.035, 0, 1)
    return np.clip(grown - mouth, 0, 1) * (0.38 if kind == "stubble" else 0.72)
