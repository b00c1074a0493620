"""Turns what somebody has sent into a picture of ours, or refuses it."""

import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from imaging.errors import (
    UploadAnimatedError,
    UploadError,
    UploadTooLargeError,
    UploadTooWideError,
)
from imaging.uploads import reencode

MEGABYTES = 5
LARGEST = MEGABYTES * 1024 * 1024  # bytes
PATIENCE_S = 15.0
PROGRAM = Path(reencode.__file__)
_REFUSALS: Mapping[int, UploadError] = {
    reencode.TOO_WIDE: UploadTooWideError(most=reencode.MOST_SIDE),
    reencode.ANIMATED: UploadAnimatedError(),
}


def require_size(size: int) -> None:
    """Raise UploadTooLargeError for so many bytes."""
    if size > LARGEST:
        raise UploadTooLargeError(megabytes=MEGABYTES)


def checked_picture(content: bytes) -> Image.Image:
    """A square RGB picture of `reencode.SIDE` pixels. Raises UploadError."""
    require_size(len(content))
    try:
        ended = subprocess.run(  # noqa: S603  (our own program, and no word of it is the sender's)
            [sys.executable, "-I", str(PROGRAM)],
            input=content,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise UploadError from error
    if ended.returncode != 0:
        raise _REFUSALS.get(ended.returncode, UploadError())
    return Image.open(io.BytesIO(ended.stdout), formats=("PNG",)).convert("RGB")
