"""Realistic: a face shaded with soft gradients under one light from the upper left."""

from imaging.placeholders.choices import pick

GROUNDS = ("#b9a3cc", "#9fb2c9", "#c9b19c", "#a5bfb0", "#c5a4ac")
SKINS = (  # in the light, in the shade
    ("#fbe3cf", "#d9a988"), ("#f3cfae", "#c48f68"), ("#dfab82", "#a06b45"),
    ("#bd8259", "#7a4a2c"), ("#8f5c3e", "#54311f"),
)  # fmt: skip
HAIRS = (
    ("#4a3a33", "#15100e"),
    ("#7a5237", "#34200f"),
    ("#3b3f4a", "#12141a"),
    ("#b08a5b", "#5f4423"),
)
CLOTHS = (
    ("#5d6b8f", "#2c3550"),
    ("#8a5a6b", "#4d2b38"),
    ("#5f7a68", "#2e4235"),
    ("#77706a", "#3b3733"),
)
IRISES = ("#3c2a1e", "#4b5d3a", "#3f5670")
HAIR_SHAPES = (
    "M16.5 30C14 15 21 8 32 8s18 7 15.5 22c-1-5-2-8-4-11-7 1-14-1-18-4-2 5-6 8-9 15z",
    (
        "M15 46c-2-14-2-22 2-29C20 10 26 8 32 8s12 2 15 9c4 7 4 15 2 29-3 1-5 1-6-1 2-9 2-16 0-23"
        "-5-1-9-3-12-6-3 4-6 6-10 6-2 7-2 14 0 23-1 2-3 2-6 1z"
    ),
    "M17 27c-1-12 6-18 15-18s16 6 15 18c-2-4-3-6-5-8-6 1-14 1-20 0-2 2-3 4-5 8z",
    "M16 31c-3-14 5-24 17-23 10 0 17 8 15 22-2-4-3-7-4-11-4-1-8-3-11-3-5 1-11 4-13 7-2 2-3 5-4 8z",
)
MOUTHS = ("M27.5 40.5c2.5 2 6.5 2 9 0", "M27.5 41c3 1 6 1 9 0", "M28 40c2 3 6 3 8 0")


def draw(seed: str) -> str:
    """The face of this seed."""
    ground = pick(seed, "ground", GROUNDS)
    iris = pick(seed, "iris", IRISES)
    eyes = "".join(_eye(x, iris) for x in (26, 38))
    return (
        f"<defs>{_light('skin', pick(seed, 'skin', SKINS))}{_light('hair', pick(seed, 'hair', HAIRS))}"
        f"{_light('cloth', pick(seed, 'cloth', CLOTHS))}{_light('back', ('#ffffff', ground))}</defs>"
        f'<rect width="64" height="64" fill="{ground}"/>'
        '<rect width="64" height="64" fill="url(#back)" opacity=".55"/>'
        '<path d="M6 68c1-13 12-19 26-19s25 6 26 19z" fill="url(#cloth)"/>'
        '<path d="M26 42v8c3 4.5 9 4.5 12 0v-8z" fill="url(#skin)"/>'
        '<path d="M26 44c4 4 8 4 12 0v4c-4 3-8 3-12 0z" fill="#000" opacity=".16"/>'
        '<path d="M18 29c0-12 6-17 14-17s14 5 14 17c0 10-6 18-14 18s-14-8-14-18z" fill="url(#skin)"/>'
        '<path d="M31.5 28c-.5 4-2 6-1.5 7 .8.8 2.8.8 3.6 0" fill="none" stroke="#000"'
        ' stroke-width="1" stroke-linecap="round" opacity=".25"/>'
        f'{eyes}<path d="{pick(seed, "mouth", MOUTHS)}" fill="#a8483f" fill-opacity=".55"'
        ' stroke="#7d332c" stroke-width="1.2" stroke-linecap="round" stroke-opacity=".75"/>'
        f'<path d="{pick(seed, "shape", HAIR_SHAPES)}" fill="url(#hair)"/>'
    )


def _light(name: str, colours: tuple[str, str]) -> str:
    lit, shaded = colours
    return (
        f'<radialGradient id="{name}" cx=".36" cy=".28" r=".85"><stop stop-color="{lit}"/>'
        f'<stop offset="1" stop-color="{shaded}"/></radialGradient>'
    )


def _eye(x: int, iris: str) -> str:
    return (
        f'<ellipse cx="{x}" cy="30.5" rx="3" ry="1.9" fill="#fdfaf6"/>'
        f'<circle cx="{x}" cy="30.5" r="1.7" fill="{iris}"/>'
        f'<circle cx="{x - 0.5}" cy="29.9" r=".5" fill="#fff"/>'
        f'<path d="M{x - 3.4} 29.8c1.8-2 5-2 6.8 0" fill="none" stroke="#2a1d16"'
        ' stroke-width=".9" stroke-linecap="round"/>'
        f'<path d="M{x - 3.6} 26.4c2-1.4 5-1.4 7.2 0" fill="none" stroke="#2a1d16"'
        ' stroke-width="1.3" stroke-linecap="round" opacity=".7"/>'
    )
