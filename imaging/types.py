"""Words of imaging that other apps may use. Imports no model and nothing heavy."""

from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct

SHIBA = "shiba"  # the kind of picture that 「畫柴犬」 asks for
HIGHEST_SEED = 2**31 - 1
MOST_CHOICES = 6  # faces to choose from at once


class Style(StrEnum):
    """A look that pictures are drawn in. The values are those of a room's style."""

    MINIMALIST = "minimalist"
    COMIC = "comic"
    PIXEL = "pixel"
    REALISTIC = "realistic"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is to be drawn: a kind, a style of faces or "shiba", and its seed."""

    kind: str
    seed: int


class PictureView(Struct, frozen=True, kw_only=True):
    """A picture that exists, as others may show it. Addresses are URL paths.

    `seed` is None for what somebody has sent; `ms` is the time that making it took.
    """

    id: str
    kind: str
    seed: int | None
    url: str
    thumbnail: str
    download: str
    width: int
    height: int
    ms: int


@dataclass(frozen=True, slots=True)
class PictureFile:
    """The content of a file and its media type."""

    content: bytes
    media_type: str


class FaceChoice(Struct, frozen=True):
    """A face that somebody could have; `picture` is a data: URL of 128 × 128 pixels."""

    seed: int
    picture: str
