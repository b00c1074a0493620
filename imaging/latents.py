"""From a seed to the numbers that a generator makes a picture from. Training and service share it."""

import hashlib

import numpy as np
from numpy.typing import NDArray

FURTHEST = 2.0  # standard deviations; what lies further out is rarely good to look at
_SPARE = 4  # one normal number in 22 lies further out: so many more than needed are drawn


def latent(style: str, seed: int, size: int) -> NDArray[np.float32]:
    """A truncated normal vector of shape [size], always the same for the same style and seed.

    Philox is counter-based, so its numbers are the same on every machine.
    """
    key = hashlib.blake2b(f"{style}\n{seed}".encode(), digest_size=16).digest()
    source = np.random.Generator(np.random.Philox(key=int.from_bytes(key, "big")))
    drawn = source.standard_normal(size * _SPARE)
    near = drawn[np.abs(drawn) <= FURTHEST]
    return near[:size].astype(np.float32)
