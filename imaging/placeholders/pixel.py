"""Pixel: a face on a grid of eight by eight, its left half mirrored."""

from imaging.placeholders.choices import SKINS, pick

GROUNDS = ("#e6f5eb", "#dff0f2", "#f4f0da", "#ece6f5", "#f7e7e0")
CLOTHS = ("#1b7a3d", "#2f54c4", "#b8400b", "#7a3fa8", "#146c78")
HAIRS = ("#1c1e22", "#3b2a20", "#5b3a24", "#7a5a3a", "#565b63")
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
    ground = pick(seed, "ground", GROUNDS)
    colours = {
        "h": pick(seed, "hair", HAIRS),
        "s": pick(seed, "skin", SKINS),
        "c": pick(seed, "cloth", CLOTHS),
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
