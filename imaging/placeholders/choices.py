"""Choices that look random and never change: the same name gives the same face for ever."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

SKINS = ("#f7d7bd", "#eec39f", "#d9a27a", "#b97a52", "#8a5638")  # of flat styles


def pick(seed: str, trait: str, options: Sequence[T]) -> T:
    """One of the options, drawn by the seed for this trait alone."""
    digest = hashlib.blake2b(f"{seed}\n{trait}".encode(), digest_size=8).digest()
    return options[int.from_bytes(digest, "big") % len(options)]
