"""What is around the dog: sky, hills, ground, and what falls from the sky."""

from dataclasses import dataclass

import numpy as np

from imaging.training.data.canvas import Canvas, mixed
from imaging.training.data.colours import from_hex
from imaging.training.data.shapes import Field, capsule, ellipse
from imaging.training.traits import Look


@dataclass(frozen=True, slots=True)
class Scene:
    """Colours of a season or an hour, and the colour of what may fall."""

    sky: tuple[str, str]  # above, at the horizon
    hills: tuple[str, str]  # far, near
    ground: tuple[str, str]  # far, near
    falling: str


SCENES = {
    "meadow": Scene(
        ("#6fb4ea", "#cfe9f7"), ("#8fb9a5", "#6ea667"), ("#8cc257", "#5c9a3c"), "#ffffff"
    ),
    "sakura": Scene(
        ("#a9d3f2", "#f7e3ea"), ("#d9b3c6", "#a8c08a"), ("#a6c871", "#7faa55"), "#f7a9c0"
    ),
    "autumn": Scene(
        ("#8ebbd8", "#f6e6cb"), ("#cf8a4b", "#b3532e"), ("#c99a53", "#9c6f37"), "#d9552b"
    ),
    "sunset": Scene(
        ("#f08a5d", "#ffd9a0"), ("#a3647a", "#74496a"), ("#8a6a52", "#5f4a42"), "#ffe2b0"
    ),
    "snow": Scene(
        ("#a9bfd3", "#e3ebf2"), ("#b9c8d6", "#9db0c2"), ("#f5f8fb", "#d5e0ea"), "#ffffff"
    ),
}
FALLING = 18
_CHANCE = np.random.default_rng(7)
_SPOTS = _CHANCE.uniform((-1.05, -0.48), (1.05, 0.3), (FALLING, 2))


def draw(canvas: Canvas, look: Look, side: float) -> None:
    """Everything behind the dog."""
    kind = look.option("scene")
    scene, x, y = SCENES[kind], canvas.x, canvas.y
    horizon = look.between("horizon", 0.08, 0.16)
    tone = np.float32(look.between("sky", 0.92, 1.05))
    above, below = (from_hex(colour) * tone for colour in scene.sky)
    canvas.colours[:] = mixed(above, below, (y + 0.5) / (horizon + 0.5))
    if kind == "sunset":
        canvas.flat(ellipse(x, y, (side * 0.62, -0.08), (0.15, 0.15)), from_hex("#fff2cf"), 0.02)
    elif kind in {"meadow", "autumn"}:
        _clouds(canvas, side)
    far, near = (from_hex(colour) for colour in scene.hills)
    canvas.flat(_hill(x, y, horizon - 0.09, 0.05, 2.1, 0.6), far, soft=0.01)
    canvas.flat(_hill(x, y, horizon - 0.035, 0.03, 3.7, 2.2), near, soft=0.008)
    _ground(canvas, scene, horizon)
    if kind == "sakura":
        _branch(canvas, -side)


def _hill(x: Field, y: Field, top: float, height: float, waves: float, shift: float) -> Field:
    line = top - height * np.sin(x * waves + shift) - 0.4 * height * np.sin(x * waves * 2.3 + shift)
    hill: Field = (line - y).astype(np.float32)
    return hill


def _ground(canvas: Canvas, scene: Scene, horizon: float) -> None:
    x, y = canvas.x, canvas.y
    far, near = (from_hex(colour) for colour in scene.ground)
    way = (y - horizon) / (0.5 - horizon)
    tones = mixed(far, near, way)
    patches = 0.035 * np.sin(x * 7 + 2 * np.sin(y * 22)) * np.sin(y * 46 + x * 3)
    canvas.lay(
        tones * (1 + patches)[..., None], canvas.cover((horizon - y).astype(np.float32), 0.006)
    )


def _clouds(canvas: Canvas, side: float) -> None:
    x, y = canvas.x, canvas.y
    for place, high, size in ((side * -0.7, -0.33, 1.0), (side * 0.55, -0.38, 0.75)):
        for across, up, radius in ((-0.1, 0.01, 0.05), (0.0, -0.02, 0.07), (0.1, 0.01, 0.055)):
            ball = ellipse(x, y, (place + across * size, high + up * size),
                           (radius * 1.6 * size, radius * size))  # fmt: skip
            canvas.flat(ball, from_hex("#ffffff"), soft=0.02, opacity=0.75)


def _branch(canvas: Canvas, side: float) -> None:
    """A blossoming branch that reaches in from an upper corner."""
    x, y = canvas.x, canvas.y
    wood = from_hex("#6b4a3f")
    canvas.flat(capsule(x, y, (side * 1.12, -0.44), (side * 0.45, -0.34), (0.026, 0.008)), wood)
    canvas.flat(capsule(x, y, (side * 0.8, -0.39), (side * 0.6, -0.5), (0.012, 0.006)), wood)
    for number, (across, down) in enumerate(BLOSSOMS):
        radius = 0.05 + 0.012 * (number % 3)
        colour = from_hex(("#f9c9d8", "#f4a9c2", "#fbdde6")[number % 3])
        canvas.flat(ellipse(x, y, (side * across, down), (radius, radius)), colour, 0.006)


def draw_falling(canvas: Canvas, look: Look) -> None:
    """Petals, leaves or flakes behind the dog, if there are some."""
    if not look.option("falling"):
        return
    kind = look.option("scene")
    colour = from_hex(SCENES[kind].falling)
    for number, (across, down) in enumerate(_SPOTS):
        size = 0.011 + 0.005 * (number % 4)
        near = canvas.part(across - 0.05, down - 0.05, across + 0.05, down + 0.05)
        radii = (size, size) if kind in {"snow", "meadow", "sunset"} else (size * 1.3, size * 0.75)
        flake = ellipse(near.x, near.y, (across, down), radii, 0.9 * number)
        near.flat(flake, colour, soft=0.004, opacity=0.9)


BLOSSOMS = ((1.05, -0.45), (0.98, -0.38), (0.9, -0.45), (0.84, -0.36), (0.77, -0.42), (0.7, -0.33),
            (0.66, -0.46), (0.6, -0.38), (0.54, -0.31), (0.47, -0.35), (1.0, -0.5), (0.74, -0.5))  # fmt: skip
