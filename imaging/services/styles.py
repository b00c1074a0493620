"""The kinds of pictures there are, and taking in the weights that draw them."""

import hashlib
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from echomind.common.text import is_storable
from imaging.errors import (
    GeneratorError,
    GeneratorMissingError,
    GeneratorUnfitError,
    KindUnknownError,
)
from imaging.generators.base import Sheet
from imaging.generators.registry import hash_of, open_generator
from imaging.models import PictureStyle
from imaging.models.picture_style import SHIPPED
from imaging.types import SHIBA, Style

KINDS = (*(style.value for style in Style), SHIBA)
LARGEST_WEIGHTS = 64 * 1024 * 1024  # bytes


def seed_styles() -> None:
    """Take in the weights that come with the site, where they are new or have changed.

    What staff has uploaded stays. Raises GeneratorUnfitError.
    """
    for kind in KINDS:
        file = SHIPPED / f"{kind}.onnx"
        known = PictureStyle.objects.filter(slug=kind).first()
        if not file.exists() or (known and known.is_uploaded):
            continue
        digest = hash_of(file)
        if known is None or known.sha256 != digest:
            _take_in_shipped(kind, file, digest)


def style_of(kind: str) -> PictureStyle:
    """The style that draws a kind. Raises KindUnknownError, GeneratorMissingError."""
    found = PictureStyle.objects.filter(slug=kind).first() if is_storable(kind) else None
    if found is not None:
        return found
    raise GeneratorMissingError if kind in KINDS else KindUnknownError


def receive_weights(style: PictureStyle, content: bytes) -> None:
    """Keep uploaded weights and note them on the style, which the caller saves.

    Raises GeneratorUnfitError, and then neither is changed.
    """
    folder = Path(settings.VAR) / "weights"
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(content).hexdigest()
    file = folder / f"{digest}.onnx"
    is_new = not file.exists()
    file.write_bytes(content)
    try:
        _note(style, open_generator(style.generator, file, digest).sheet, digest)
    except GeneratorError:
        if is_new:
            file.unlink()
        raise
    style.is_uploaded = True


def _take_in_shipped(kind: str, file: Path, sha256: str) -> None:
    style = PictureStyle.objects.filter(slug=kind).first() or PictureStyle(slug=kind)
    _note(style, open_generator(style.generator, file, sha256).sheet, sha256)
    style.save()


def _note(style: PictureStyle, sheet: Sheet, sha256: str) -> None:
    if sheet.style != style.slug:  # its seeds mean what they mean in that style alone
        raise GeneratorUnfitError(reason=f"it draws {sheet.style[:40]!r}")
    style.sha256, style.seeds = sha256, sheet.seeds
    style.width, style.height = sheet.width, sheet.height
    style.traits = [asdict(trait) for trait in sheet.traits]
