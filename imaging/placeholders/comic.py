"""Comic: bold ink, flat colour and a corner of halftone dots."""

from imaging.placeholders.choices import SKINS, pick

GROUNDS = ("#ffcf70", "#ff9d6e", "#8fd3c8", "#f6a5b6", "#a9c7f7")
SHIRTS = ("#2f54c4", "#b8400b", "#1b7a3d", "#7a3fa8", "#1c1e22", "#ffffff")
HAIR_COLOURS = ("#1c1e22", "#3b2a20", "#7a3b1d", "#c9822b", "#31406e")
HAIRS = (
    "M15 33C12 17 20 8 33 8s20 9 17 24c-2-3-3-6-4-9-5 2-9 1-12-2-4 4-11 5-15 4-1 2-3 5-4 8z",
    (
        "M14 34c-2-8 0-16 4-20l-1-5 7 3 3-6 6 4 6-4 2 6 7-2-2 6c4 5 5 11 3 18-2-3-4-7-5-11"
        "-4 2-8 1-10-1-4 3-11 3-15 2-2 3-4 6-5 10z"
    ),
    (
        "M11 50c3-4 2-9 3-17C14 16 21 8 32 8s19 8 19 25c0 8 0 13 3 17-5 1-8 0-9-2 2-7 1-14-1-21"
        "-5 0-9-2-12-5-3 4-8 6-13 6-2 6-2 13 0 20-2 2-5 3-8 2z"
    ),
    "M16 30c0-14 7-20 16-20s17 6 16 20c-2-3-4-5-5-8H21c-1 3-3 5-5 8z",
    (
        "M13 32c-3-3-3-8 0-10-2-6 3-11 8-10 3-6 10-6 13-3 5-3 11 0 12 5 5 1 7 7 4 11 1 3 0 6-2 8"
        "-1-5-3-8-5-10-7 2-16 2-22 0-3 2-5 5-6 9z"
    ),
)
EYES = (
    (
        '<ellipse cx="25" cy="33" rx="2.5" ry="3.5" fill="#1c1e22"/>'
        '<ellipse cx="39" cy="33" rx="2.5" ry="3.5" fill="#1c1e22"/>'
        '<circle cx="26" cy="31.8" r="1" fill="#fff"/><circle cx="40" cy="31.8" r="1" fill="#fff"/>'
    ),
    '<path d="M21.5 34c1.5-3.5 5.5-3.5 7 0M35.5 34c1.5-3.5 5.5-3.5 7 0" fill="none"/>',
    (
        '<circle cx="25" cy="33" r="5.5" fill="#fff"/><circle cx="39" cy="33" r="5.5" fill="#fff"/>'
        '<path d="M30.5 33h3" fill="none"/><circle cx="25" cy="33" r="1.8" fill="#1c1e22"/>'
        '<circle cx="39" cy="33" r="1.8" fill="#1c1e22"/>'
    ),
)
BROWS = ("M21 27c2-2 5-2 7-1M36 26c2-1 5-1 7 1", "M21 26l7 1.5M43 26l-7 1.5", "")
MOUTHS = (
    '<path d="M27 41c3 3 7 3 10 0" fill="none"/>',
    '<path d="M26 40c1 7 11 7 12 0z" fill="#8f2018"/><path d="M27.5 41.5h9" stroke="#fff"/>',
    '<path d="M28 42h8" fill="none"/>',
)
HALFTONE = (
    '<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><circle cx="2.5" cy="2.5" r="1.3" fill="#1c1e22"/></pattern>'
)


def draw(seed: str) -> str:
    """The face of this seed."""
    skin = pick(seed, "skin", SKINS)
    return (
        f'<defs>{HALFTONE}</defs><rect width="64" height="64"'
        f' fill="{pick(seed, "ground", GROUNDS)}"/>'
        '<path d="M64 0v40L24 0z" fill="url(#dots)" opacity=".22"/>'
        '<g stroke="#1c1e22" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">'
        f'<path d="M8 68c1-13 10-19 24-19s23 6 24 19z" fill="{pick(seed, "shirt", SHIRTS)}"/>'
        f'<path d="M26 44v6c3 4 9 4 12 0v-6z" fill="{skin}"/>'
        f'<path d="M17 30c0-12 6-17 15-17s15 5 15 17c0 11-7 18-15 18s-15-7-15-18z" fill="{skin}"/>'
        '<path d="M45 26c2 9-2 18-11 21 8 0 13-7 13-17z" fill="url(#dots)" stroke="none"'
        ' opacity=".3"/>'
        f'<path d="{pick(seed, "hair", HAIRS)}" fill="{pick(seed, "colour", HAIR_COLOURS)}"/>'
        f'{pick(seed, "eyes", EYES)}<path d="{pick(seed, "brows", BROWS)}" fill="none"/>'
        f"{pick(seed, 'mouth', MOUTHS)}</g>"
    )
