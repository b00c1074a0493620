"""Scenes with a Shiba Inu: coat, pose, mood and weather by traits, smooth shapes lit from one side."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from imaging.training.data.canvas import Canvas
from imaging.training.data.shiba import bodies, scene
from imaging.training.data.shiba.coat import COATS, coat_of
from imaging.training.traits import Layout, Look, Trait

LAYOUT = Layout((
    Trait("coat", tuple(COATS), (5, 2, 2, 2)), Trait("pose", tuple(bodies.POSES), (3, 3, 2)),
    Trait("scene", tuple(scene.SCENES)), Trait("place", ("left", "middle", "right"), (1, 2, 1)),
    Trait("facing", ("left", "right")), Trait("mouth", ("closed", "open")),
    Trait("eyes", ("open", "smiling"), (3, 1)), Trait("scarf", ("", "red", "blue"), (2, 1, 1)),
    Trait("falling", ("", "some"), (1, 1)), Trait("light", ("left", "right")),
    Trait("tone"), Trait("size"), Trait("turn"), Trait("step"), Trait("horizon"), Trait("sky"),
))  # fmt: skip


def draw(looks: Sequence[Look], height: int, width: int) -> NDArray[np.uint8]:
    """One scene for each look: uint8 [n, height, width, 3]."""
    return np.stack([_scene(look, height, width) for look in looks])


def _scene(look: Look, height: int, width: int) -> NDArray[np.uint8]:
    side = -1.0 if look.option("light") == "left" else 1.0
    canvas = Canvas(height, width, (side * 0.5, -0.6, 0.62))
    scene.draw(canvas, look, side)
    scene.draw_falling(canvas, look)
    bodies.POSES[look.option("pose")](canvas, look, coat_of(look))
    return canvas.picture()
