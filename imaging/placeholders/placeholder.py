"""The placeholder of a user's face in a style. No database is asked, nothing is stored."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from imaging.placeholders import assistant, comic, minimalist, pixel, realistic
from imaging.types import Style

DRAWERS: Mapping[Style, Callable[[str], str]] = {
    Style.MINIMALIST: minimalist.draw,
    Style.COMIC: comic.draw,
    Style.PIXEL: pixel.draw,
    Style.REALISTIC: realistic.draw,
}


@lru_cache(maxsize=4096)
def draw_placeholder(username: str, style: Style, *, is_assistant: bool) -> str:
    """An SVG document of 64 × 64 units."""
    inside = _mark(username, style) if is_assistant else DRAWERS[style](username)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{inside}</svg>'


def _mark(username: str, style: Style) -> str:
    return assistant.draw(username, style, username[:1].upper())
