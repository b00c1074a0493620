"""Data sets on disk: pictures are drawn or read once, kept as plain pixels, and mapped into memory."""

import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from imaging.training.data.registry import Renderer
from imaging.training.levels import levels_of

BATCH = 128  # pictures drawn between two writes

Report = Callable[[int, int], None]  # pictures there are, pictures wanted


@dataclass(frozen=True)
class PictureSet:
    """Pictures uint8 [n, h, w, 3] and, where a renderer drew them, their levels [n, 64]."""

    pictures: NDArray[np.uint8]
    levels: NDArray[np.float64] | None

    def __len__(self) -> int:
        return len(self.pictures)

    @cached_property
    def _smaller(self) -> dict[int, NDArray[np.uint8]]:
        return {1: self.pictures}

    def at_height(self, height: int) -> NDArray[np.uint8]:
        """All pictures averaged down to a height that divides theirs."""
        times = self.pictures.shape[1] // height
        if times not in self._smaller:
            self._smaller[times] = shrunk(self.pictures, times)
        return self._smaller[times]


def drawn_set(
    name: str, renderer: Renderer, count: int, size: tuple[int, int], folder: Path, report: Report
) -> PictureSet:
    """The first `count` pictures of a renderer, drawn where the folder lacks them."""
    levels = np.stack([levels_of(f"{name} data", number) for number in range(count)])
    path = folder / f"{name}-v{renderer.version}-{size[0]}x{size[1]}.rgb"
    picture = size[0] * size[1] * 3
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two trainings of a style draw it once
        there = os.fstat(file.fileno()).st_size // picture
        file.truncate(there * picture)  # half a picture, after a kill
        for first, last in _spans(there, count):
            looks = [renderer.layout.look(levels[number]) for number in range(first, last)]
            file.write(renderer.draw(looks, *size).tobytes())
            file.flush()
            report(last, count)
    pictures = np.memmap(path, np.uint8, "r", shape=(count, *size, 3))
    return PictureSet(pictures, levels)


def shrunk(pictures: NDArray[np.uint8], times: int) -> NDArray[np.uint8]:
    """Pictures [n, h, w, 3], each block of times × times pixels averaged."""
    count, height, width, _ = pictures.shape
    smaller = np.empty((count, height // times, width // times, 3), np.uint8)
    for first in range(0, count, BATCH):
        some = pictures[first : first + BATCH]
        blocks = some.reshape(len(some), height // times, times, width // times, times, 3)
        smaller[first : first + BATCH] = blocks.mean((2, 4), dtype=np.float32) + 0.5
    return smaller


def _spans(first: int, end: int) -> Iterator[tuple[int, int]]:
    for start in range(first, end, BATCH):
        yield start, min(start + BATCH, end)
