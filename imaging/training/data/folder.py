"""A folder of pictures as a data set: cropped in the middle, scaled, broken ones named and left out."""

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from imaging.training.data.sets import PictureSet
from imaging.training.errors import TooFewPicturesError

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp"})
LEAST = 64  # pictures; fewer are learnt by heart
LARGEST = 50_000_000  # pixels of one picture before it is decoded
NAMED = 5  # broken files named in an error


def folder_set(folder: Path, size: tuple[int, int]) -> PictureSet:
    """All readable pictures below a folder at height × width; TooFewPicturesError if that is little."""
    there = (path for path in folder.rglob("*") if path.is_file())  # and no pipe, which has no end
    files = sorted(path for path in there if path.suffix.lower() in ENDINGS)
    pictures, broken = [], []
    for path in files:
        try:
            pictures.append(_read(path, size))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            broken.append(path.name)
    if len(pictures) < LEAST:
        named = ", ".join(broken[:NAMED]) or "–"
        raise TooFewPicturesError(folder=folder, good=len(pictures), least=LEAST, broken=named)
    if broken:
        warnings.warn(f"left out {len(broken)}: {', '.join(broken[:NAMED])}", stacklevel=2)
    return PictureSet(np.stack(pictures), None)


def _read(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        if picture.width * picture.height > LARGEST:
            raise UnidentifiedImageError(path.name)
        upright = ImageOps.exif_transpose(picture).convert("RGB")
    return np.asarray(ImageOps.fit(upright, size[::-1], Image.Resampling.LANCZOS))
