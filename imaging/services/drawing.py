"""Draws pictures. Runs in the worker of queue `images`: nothing else opens a generator to draw."""

import time

from PIL import Image

from accounts.api import User
from imaging.errors import SeedInvalidError
from imaging.files import keep, webp
from imaging.generators.registry import open_generator
from imaging.models import Picture, PictureStyle
from imaging.models.picture import Use
from imaging.services.styles import style_of
from imaging.types import Drawing


def draw_picture(drawing: Drawing, *, maker: User | None, use: str = Use.DRAWING) -> Picture:
    """Make the picture and keep it. The row comes last: what it names is there.

    Raises KindUnknownError, SeedInvalidError, GeneratorError.
    """
    began = time.monotonic()
    kept = keep(_drawn(style_of(drawing.kind), drawing.seed))
    return Picture.objects.create(
        use=use,
        kind=drawing.kind,
        seed=drawing.seed,
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        ms=round((time.monotonic() - began) * 1000),
        maker=maker,
    )


def preview(drawing: Drawing) -> bytes:
    """The picture as WebP, kept nowhere. Raises as `draw_picture`."""
    return webp(_drawn(style_of(drawing.kind), drawing.seed))


def remake_files(picture: Picture) -> None:
    """Make the files of a picture again that were lost; its generator may draw otherwise by now."""
    if picture.seed is not None:
        kept = keep(_drawn(style_of(picture.kind), picture.seed))
        Picture.objects.filter(pk=picture.pk).update(sha256=kept.sha256)


def require_seed(style: PictureStyle, seed: int) -> None:
    """Raise SeedInvalidError for a seed that the style does not have."""
    if not 0 <= seed < style.seeds:
        raise SeedInvalidError(highest=style.seeds - 1)


def _drawn(style: PictureStyle, seed: int) -> Image.Image:
    require_seed(style, seed)
    generator = open_generator(style.generator, style.file, style.sha256)
    return Image.fromarray(generator.draw(seed))
