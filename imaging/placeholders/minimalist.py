"""Minimalist: a face in few even lines on a soft ground."""

from imaging.placeholders.choices import pick

GROUNDS = ("#eaeffc", "#e4ecf4", "#eeeaf8", "#e6f0ee", "#f2efe8")
INKS = ("#2f54c4", "#1b7a3d", "#b8400b", "#7a3fa8", "#146c78")
HAIRS = (
    "M19 28c0-10 5-15 13-15s13 5 13 15c-3-5-6-8-9-9-4 4-11 5-14 4-1 1-2 3-3 5z",  # parted
    "M19 30c-1-11 4-17 13-17s14 6 13 17c-2-4-3-6-4-9-6 1-13 1-18 0-1 3-2 5-4 9z",  # fringe
    (
        "M17 42c0-6 1-9 1-14 0-10 6-16 14-16s14 6 14 16c0 5 1 8 1 14h-4c1-5 1-10 0-16"
        "-4-1-8-3-10-6-2 3-7 6-12 6-1 6-1 11 0 16z"
    ),  # long
    "M20 26c1-3 2-5 4-7 5 1 11 1 16 0 2 2 3 4 4 7 1-9-4-14-12-14s-13 5-12 14z",  # short
    (
        "M32 4c3 0 5 2 5 4.5s-1 3-2 3.5c6 1 10 6 9 14-3-3-6-6-12-6s-9 3-12 6c-1-8 3-13 9-14"
        "-1-.5-2-1-2-3.5s2-4.5 5-4.5z"
    ),  # bun
)
EYES = (
    '<path d="M26.5 30v1.5M37.5 30v1.5"/>',
    '<path d="M24.5 31c1-1.5 3-1.5 4 0M35.5 31c1-1.5 3-1.5 4 0"/>',
    (
        '<circle cx="26.5" cy="30.5" r="4.2"/><circle cx="37.5" cy="30.5" r="4.2"/>'
        '<path d="M30.7 30.5h2.6M26.5 30v1M37.5 30v1"/>'
    ),
)
MOUTHS = ("M28.5 37.5c2 2 5 2 7 0", "M29 38h6", "M28 37c1 3.5 7 3.5 8 0z")


def draw(seed: str) -> str:
    """The face of this seed."""
    ink = pick(seed, "ink", INKS)
    return (
        f'<rect width="64" height="64" fill="{pick(seed, "ground", GROUNDS)}"/>'
        f'<g fill="none" stroke="{ink}" stroke-width="2.4" stroke-linecap="round"'
        ' stroke-linejoin="round">'
        '<path d="M11 66c1-12 9-18 21-18s20 6 21 18" fill="#fff"/>'
        '<path d="M27 43v6c2 3 8 3 10 0v-6" fill="#fff"/>'
        '<path d="M20 28c0-9 5-13 12-13s12 4 12 13c0 11-5 17-12 17s-12-6-12-17z" fill="#fff"/>'
        f'<path d="{pick(seed, "hair", HAIRS)}" fill="{ink}"/>'
        f'{pick(seed, "eyes", EYES)}<path d="{pick(seed, "mouth", MOUTHS)}"/></g>'
    )
