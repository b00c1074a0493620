"""Avatars of DiceBear styles that are free of rights (CC0), drawn by its own library in Node.

Set up once: `npm ci` in the folder `dicebear` beside this module.
"""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imaging.training.data.colours import SKINS, along, by_hue, to_hex
from imaging.training.errors import DataToolMissingError
from imaging.training.traits import Layout, Look, Trait

FOLDER = Path(__file__).parent / "dicebear"

PIXEL = Layout((
    Trait("hair", (
        "short24", "short20", "short19", "short17", "short16", "short13", "short11", "short09",
        "short06", "short05", "short04", "short01", "long21", "long20", "long19", "long17",
        "long13", "long12", "long09", "long08", "long07", "long05", "long03", "long01",
    )),
    Trait("hair colour", ("1c1512", "3d2417", "6b4423", "a8703a", "d9b35f", "b5482a", "8d8d93",
                          "3a7fc4", "7a4fb5", "4caf6a")),
    Trait("clothing", ("variant23", "variant22", "variant20", "variant18", "variant12",
                       "variant08", "variant06", "variant05", "variant02", "variant01")),
    Trait("eyes", ("variant12", "variant09", "variant08", "variant07", "variant06", "variant01")),
    Trait("mouth", ("sad10", "sad06", "sad01", "happy13", "happy12", "happy11", "happy09",
                    "happy06", "happy04", "happy02")),
    Trait("hat", ("", "variant10", "variant07", "variant04", "variant02"), (16, 1, 1, 1, 1)),
    Trait("glasses", ("", "light07", "light02", "dark06", "dark01"), (16, 1, 1, 1, 1)),
    Trait("skin"), Trait("clothing colour"), Trait("hat colour"), Trait("ground"), Trait("paleness"),
))  # fmt: skip

COMIC = Layout((
    Trait("head", (
        "afro", "bangs", "bangs2", "bun2", "buns", "flatTop", "grayBun", "grayMedium", "grayShort",
        "hatBeanie", "hatHip", "hijab", "long", "longCurly", "medium1", "medium2", "mediumBangs",
        "mediumStraight", "noHair1", "pomp", "shaved2", "short1", "short4", "short5", "turban",
        "twists2",
    )),
    Trait("face", ("awe", "calm", "cheeky", "cute", "driven", "eatingHappy", "explaining",
                   "eyesClosed", "lovingGrin1", "smile", "smileBig", "smileLOL", "suspicious",
                   "solemn")),
    Trait("beard", ("", "chin", "full", "goatee2", "moustache6"), (24, 1, 1, 1, 1)),
    Trait("glasses", ("", "glasses", "glasses3", "glasses5", "sunglasses2"), (12, 1, 1, 1, 1)),
    Trait("hair colour", ("4a312c", "724133", "b58143", "d6b370", "c93305", "8d8f94")),
    Trait("skin"), Trait("clothing colour"), Trait("ground"), Trait("paleness"),
))  # fmt: skip
COMIC_GROUNDS = ("#ffd166", "#ff9d6e", "#f6a5b6", "#b9a3e3", "#8fb8f2", "#7fd1c7", "#b5dd7f")


def draw_pixel(looks: Sequence[Look], height: int, width: int) -> NDArray[np.uint8]:
    """Faces on a grid of 16 × 16: uint8 [n, height, width, 3]."""
    return _draw("pixel-art", [_pixel_options(look) for look in looks], height, width)


def draw_comic(looks: Sequence[Look], height: int, width: int) -> NDArray[np.uint8]:
    """People in ink and flat colour: uint8 [n, height, width, 3]."""
    return _draw("open-peeps", [_comic_options(look) for look in looks], height, width)


def _pixel_options(look: Look) -> dict[str, object]:
    ground = by_hue(look.level("ground"), look.between("paleness", 0.1, 0.32), 0.97)
    return {
        "backgroundColor": [to_hex(ground)],
        "skinColor": [to_hex(along(SKINS, look.level("skin")))],
        "hairColor": [look.option("hair colour")],
        "clothingColor": [to_hex(by_hue(look.level("clothing colour"), 0.7, 0.78))],
        "hatColor": [to_hex(by_hue(look.level("hat colour"), 0.6, 0.7))],
        "eyesColor": ["4a5a6a"],
        "mouthColor": ["c8453c"],
        "glassesColor": ["3b3f46"],
        "hair": [look.option("hair")],
        "clothing": [look.option("clothing")],
        "eyes": [look.option("eyes")],
        "mouth": [look.option("mouth")],
        "accessoriesProbability": 0,
        "beardProbability": 0,
        **_perhaps("hat", look.option("hat")),
        **_perhaps("glasses", look.option("glasses")),
    }


def _comic_options(look: Look) -> dict[str, object]:
    ground = along(COMIC_GROUNDS, look.level("ground"))
    pale = look.between("paleness", 0.0, 0.35)
    return {
        "backgroundColor": [to_hex(ground * (1 - pale) + pale)],
        "skinColor": [to_hex(along(SKINS, look.level("skin")))],
        "clothingColor": [to_hex(by_hue(look.level("clothing colour"), 0.62, 0.88))],
        "headContrastColor": [look.option("hair colour")],
        "head": [look.option("head")],
        "face": [look.option("face")],
        "maskProbability": 0,
        **_perhaps("facialHair", look.option("beard")),
        **_perhaps("accessories", look.option("glasses")),
    }


def _perhaps(part: str, option: str) -> dict[str, object]:
    return {part: [option], f"{part}Probability": 100} if option else {f"{part}Probability": 0}


def _draw(
    style: str, options: Sequence[dict[str, object]], height: int, width: int
) -> NDArray[np.uint8]:
    if not (FOLDER / "node_modules").exists():
        raise DataToolMissingError
    lines = "\n".join(json.dumps(each) for each in options).encode()
    command = ["node", "render.mjs", style, str(width)]
    done = subprocess.run(command, cwd=FOLDER, input=lines, capture_output=True, check=True)  # noqa: S603
    return np.frombuffer(done.stdout, np.uint8).reshape(-1, height, width, 3)
