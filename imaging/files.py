"""The files of pictures: each under the hash of its content, so that it is written once and never changes.

A picture is kept as PNG without loss, as WebP for pages, and as a WebP of half the size. The name is
that of the PNG.
"""

import hashlib
import io
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from PIL import Image

QUALITY = 90
METHOD = 1  # twice as fast as the usual one, for a twentieth more bytes
FORMS = {"png": "image/png", "webp": "image/webp", "thumb.webp": "image/webp"}  # ending: its type
LARGEST_LOSSLESS = 256 * 256  # pixels; of larger ones nobody need try


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture on the disk."""

    sha256: str
    width: int
    height: int


def keep(picture: Image.Image) -> Kept:
    """Write the picture's files; the same picture always has the same bytes."""
    made = encoded(picture)
    digest = hashlib.sha256(made["png"]).hexdigest()
    for form, content in made.items():
        _write(path_of(digest, form), content)
    return Kept(digest, picture.width, picture.height)


def path_of(sha256: str, form: str) -> Path:
    """Where the picture's file of a form of `FORMS` is, or would be."""
    return Path(settings.VAR) / "pictures" / sha256[:2] / f"{sha256}.{form}"


def remove(sha256: str, *, before: float) -> None:
    """Remove the files of a picture, unless it was kept again since `before` (seconds of the clock)."""
    for form in FORMS:
        path = path_of(sha256, form)
        if path.exists() and path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


def encoded(picture: Image.Image) -> Mapping[str, bytes]:
    """The bytes of each form."""
    size = (max(1, picture.width // 2), max(1, picture.height // 2))
    half = picture.resize(size, Image.Resampling.BOX)  # keeps the squares of pixel art
    return {"png": _png(picture), "webp": webp(picture), "thumb.webp": webp(half)}


def webp(picture: Image.Image) -> bytes:
    """The picture as WebP; a small one without loss where that takes fewer bytes, as of pixel art."""
    lossy = _saved(picture, format="WEBP", quality=QUALITY, method=METHOD)
    if picture.width * picture.height > LARGEST_LOSSLESS:
        return lossy
    return min(lossy, _saved(picture, format="WEBP", lossless=True, method=METHOD), key=len)


def _png(picture: Image.Image) -> bytes:
    return _saved(picture, format="PNG", compress_level=1)


def _saved(picture: Image.Image, **how: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, **how)  # type: ignore[arg-type]
    return buffer.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Nobody sees half a file, also after a crash. One that is there is as good as new."""
    if path.exists():
        path.touch()
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
