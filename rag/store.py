"""Files of documents, kept under the hash of their content in a folder of ours.

Names from outside are shown and never used as a path.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import BinaryIO

from django.conf import settings

from echomind.common.text import is_safe, one_line
from rag.errors import DocumentTooLargeError

PIECE = 1024 * 1024  # bytes read at once
MB = 1000 * 1000
LONGEST_NAME = 255


def path_of(sha256: str) -> Path:
    """Where the file with this content is, or would be."""
    return Path(settings.DOCUMENTS_ROOT) / sha256[:2] / sha256


def keep_file(file: BinaryIO) -> str:
    """Copy a file into the store; returns its SHA-256. Raises DocumentTooLargeError."""
    root = Path(settings.DOCUMENTS_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=root, prefix="incoming-")
    incoming = Path(name)
    try:
        digest = hashlib.sha256()
        with os.fdopen(handle, "wb") as copy:
            for piece in _pieces(file):
                digest.update(piece)
                copy.write(piece)
        kept = path_of(digest.hexdigest())
        kept.parent.mkdir(mode=0o700, exist_ok=True)
        incoming.replace(kept)
    finally:
        incoming.unlink(missing_ok=True)
    return digest.hexdigest()


def hash_of(file: BinaryIO) -> str:
    """The SHA-256 of a file, read to its end. Raises DocumentTooLargeError."""
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()


def forget_file(sha256: str) -> None:
    """Remove a file from the store, if it is there."""
    path_of(sha256).unlink(missing_ok=True)


def require_small(size: int) -> None:
    """Raise DocumentTooLargeError for a file of so many bytes, before any of them is read."""
    if size > settings.DOCUMENT_MAX_MB * MB:
        raise DocumentTooLargeError(most=settings.DOCUMENT_MAX_MB)


def shown_name(name: str) -> str:
    """The last part of a file's name, without what nobody can see."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    visible = "".join(character for character in one_line(last) if is_safe(character))
    return visible[-LONGEST_NAME:] or "document"


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    size = 0
    while piece := file.read(PIECE):
        size += len(piece)
        require_small(size)
        yield piece
