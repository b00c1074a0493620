"""A program: reads an untrusted picture from its input, writes a square PNG of our own to its output.

It is run by file name, apart from the site's code and settings, so that a decoder that is broken into
finds neither. What is wrong is told by the exit code. Nothing of the sent bytes is passed on: comments,
positions of cameras and whatever hides behind the last pixel are gone.
"""

import io
import resource
import sys

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "WEBP")
SIDE = 256  # pixels, of the square that is kept
MOST_SIDE = 8_000
MOST_PIXELS = 40_000_000
MEMORY_BYTES = 1 << 30
PROCESSOR_S = 10
INVALID, TOO_WIDE, ANIMATED = 10, 11, 12  # exit codes


def main() -> int:
    """The exit code; 0 where the picture was written."""
    _limit()
    try:
        picture = Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=FORMATS)
        if max(picture.size) > MOST_SIDE or picture.width * picture.height > MOST_PIXELS:
            return TOO_WIDE
        if getattr(picture, "n_frames", 1) > 1:
            return ANIMATED
        _squared(picture).save(sys.stdout.buffer, format="PNG")
    except Image.DecompressionBombError:
        return TOO_WIDE
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError):
        return INVALID
    return 0


def _squared(picture: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(picture).convert("RGBA")
    square = ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS)
    ground = Image.new("RGB", square.size, "white")
    ground.paste(square, mask=square.getchannel("A"))
    return ground


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_S, PROCESSOR_S))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # it writes to a pipe, and to no file


if __name__ == "__main__":
    sys.exit(main())
