"""Pixel: a face on a grid of eight by eight, its left half mirrored."""

from imaging.choices import pick
from imaging.styles import PALETTES
from imaging.types import Style

PALETTE = PALETTES[Style.PIXEL]
SIZE = 8  # one cell in units of the 64 × 64 picture
EYE, LIP, BLUSH, FRAME, LENS = "#1c1e22", "#a33a2c", "#e58a7b", "#1c1e22", "#ffffff"

# Columns 0 to 3 of each row; the right half mirrors them.
# . ground, h hair, s skin, c cloth, e eye, l lip, p blush, g frame of glasses, w lens.
TOPS = (
    ("....", "..hh", ".hhh", ".hss"),
    ("....", ".hhh", "hhhh", "hhss"),
    ("...h", "..hh", ".hhh", ".shh"),
    ("....", "..hh", ".hhh", ".sss"),
    ("..h.", ".hhh", ".hhh", ".hsh"),
    ("..cc", ".ccc", "cccc", ".hss"),
)
EYE_ROWS = (".ses", ".ses", ".gws")
CHEEKS = (".sss", ".sps")
MOUTHS = ("..sl", "..ss", ".ssl")
NECKS = (".ccs", "cccs", ".ccc")


def draw(seed: str) -> str:
    """The face of this seed."""
    ground = pick(seed, "ground", PALETTE.grounds)
    colours = {
        "h": pick(seed, "hair", PALETTE.hairs),
        "s": pick(seed, "skin", ("#f7d7bd", "#eec39f", "#d9a27a", "#b97a52", "#8a5638")),
        "c": pick(seed, "cloth", PALETTE.skins),
        "e": EYE, "l": LIP, "p": BLUSH, "g": FRAME, "w": LENS,
    }  # fmt: skip
    rows = (
        *pick(seed, "top", TOPS), pick(seed, "eyes", EYE_ROWS), pick(seed, "cheeks", CHEEKS),
        pick(seed, "mouth", MOUTHS), pick(seed, "neck", NECKS),
    )  # fmt: skip
    cells = (
        f'<path d="M{SIZE * x} {SIZE * y}h{SIZE}v{SIZE}h-{SIZE}z" fill="{colours[cell]}"/>'
        for y, half in enumerate(rows)
        for x, cell in enumerate(half + half[::-1])
        if cell in colours
    )
    return (
        f'<g shape-rendering="crispEdges"><rect width="64" height="64" fill="{ground}"/>'
        f"{''.join(cells)}</g>"
    )
