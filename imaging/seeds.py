"""From a seed to the latent vector that a generator draws: the same seed, the same vector, everywhere."""

from hashlib import sha256
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

LATENT = 64  # entries of a latent vector
TRUNCATION = 2.0  # no entry lies farther from zero: far out, generators draw worse
SEEDS = 2**32  # seeds are 0 … SEEDS - 1

_NORMAL = NormalDist()
_LOWEST = _NORMAL.cdf(-TRUNCATION)
_SPAN = 1 - 2 * _LOWEST


def levels_of(space: str, seed: int, size: int = LATENT) -> NDArray[np.float64]:
    """`size` numbers in [0, 1) of a seed. `space` keeps the seeds of one style apart from another's."""
    key = int.from_bytes(sha256(f"{space}:{seed}".encode()).digest()[:16], "big")
    return np.random.Generator(np.random.Philox(key=key)).random(size)


def to_normal(levels: NDArray[np.float64]) -> NDArray[np.float32]:
    """Levels in [0, 1] as a truncated normal of the same shape (inverse of its distribution)."""
    shares = _LOWEST + _SPAN * levels
    values = np.fromiter(map(_NORMAL.inv_cdf, shares.ravel()), np.float32, levels.size)
    return values.reshape(levels.shape)


def latent_of(style: str, seed: int) -> NDArray[np.float32]:
    """The vector [64] that a seed means in a style."""
    return to_normal(levels_of(style, seed))
