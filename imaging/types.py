"""Words of imaging that other apps may use."""

from enum import StrEnum


class Style(StrEnum):
    """A look that pictures are drawn in. The values are those of a room's style."""

    MINIMALIST = "minimalist"
    COMIC = "comic"
    PIXEL = "pixel"
    REALISTIC = "realistic"
