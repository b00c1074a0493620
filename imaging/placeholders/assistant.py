"""Assistants: EchoMind's mark, a voice and its echo, around an initial, with the finish of each style."""

from html import escape

from imaging.placeholders.choices import pick
from imaging.types import Style

ARCS = "M41 22c5.5 5.5 5.5 14.5 0 20M48 15c9.5 9.5 9.5 24.5 0 34"
PIXEL_ARCS = "".join(  # the same two arcs on a grid of sixteen by sixteen
    f"M{4 * x} {4 * top}h4v{4 * (15 - 2 * top)}h-4z"
    if tall
    else f"M{4 * x} {4 * top}h4v4h-4zM{4 * x} {4 * (14 - top)}h4v4h-4z"
    for x, top, tall in (
        (10, 5, False),
        (11, 6, True),
        (12, 3, False),
        (13, 4, False),
        (14, 5, True),
    )
)
GROUNDS = {
    Style.MINIMALIST: ("#eaeffc", "#eeeaf8", "#e6f0ee"),
    Style.COMIC: ("#ffcf70", "#8fd3c8", "#f6a5b6"),
    Style.PIXEL: ("#163524", "#20294a", "#35203f"),
    Style.REALISTIC: ("#5b2f80", "#2c4a73", "#2f5a4c"),
}
INKS = {
    Style.MINIMALIST: "#2f54c4",
    Style.COMIC: "#1c1e22",
    Style.PIXEL: "#7fd99c",
    Style.REALISTIC: "#ffffff",
}
LETTERS = {**INKS, Style.COMIC: "#b8400b"}


def draw(seed: str, style: Style, initial: str) -> str:
    """The mark of an assistant in a style."""
    ground = pick(seed, "ground", GROUNDS[style])
    return f"{_ground(style, ground)}{_letter(style, initial)}{_arcs(style)}"


def _ground(style: Style, colour: str) -> str:
    plain = f'<rect width="64" height="64" fill="{colour}"/>'
    if style is Style.COMIC:
        return (
            '<defs><pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"'
            ' patternTransform="rotate(45)"><circle cx="2.5" cy="2.5" r="1.3"/></pattern></defs>'
            f'{plain}<path d="M0 64V24l40 40z" fill="url(#dots)" opacity=".22"/>'
        )
    if style is Style.REALISTIC:
        return (
            '<defs><radialGradient id="glow" cx=".3" cy=".25" r=".95">'
            '<stop stop-color="#fff" stop-opacity=".45"/><stop offset="1" stop-color="#fff"'
            f' stop-opacity="0"/></radialGradient></defs>{plain}'
            '<rect width="64" height="64" fill="url(#glow)"/>'
        )
    return plain


def _letter(style: Style, initial: str) -> str:
    family = "monospace" if style is Style.PIXEL else "sans-serif"
    return (
        f'<text x="23" y="33" fill="{LETTERS[style]}" font-family="{family}" font-size="30"'
        ' font-weight="700" text-anchor="middle" dominant-baseline="central">'
        f"{escape(initial)}</text>"
    )


def _arcs(style: Style) -> str:
    if style is Style.PIXEL:
        return f'<path d="{PIXEL_ARCS}" fill="{INKS[style]}" shape-rendering="crispEdges"/>'
    width = 5 if style is Style.COMIC else 3.6
    return (
        f'<path d="{ARCS}" fill="none" stroke="{INKS[style]}" stroke-width="{width}"'
        ' stroke-linecap="round"/>'
    )
