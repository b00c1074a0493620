"""The picture of a member in a look, drawn from the handle alone: no database, nothing stored."""

from collections.abc import Callable, Mapping
from functools import lru_cache

from imaging.faces import assistant, comic, minimalist, pixel, realistic
from imaging.types import Style

FACES: Mapping[Style, Callable[[str], str]] = {
    Style.MINIMALIST: minimalist.draw,
    Style.COMIC: comic.draw,
    Style.PIXEL: pixel.draw,
    Style.REALISTIC: realistic.draw,
}


@lru_cache(maxsize=4096)
def draw_avatar(username: str, style: Style, *, is_assistant: bool) -> str:
    """An SVG document of 64 × 64 units."""
    inside = _mark(username, style) if is_assistant else FACES[style](username)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">{inside}</svg>'


def _mark(username: str, style: Style) -> str:
    return assistant.draw(username, style, username[:1].upper())
