"""The levels that data is drawn from, and what they are as entries of a latent vector."""

from hashlib import sha256
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from imaging.latents import FURTHEST

LATENT = 64  # entries of a latent vector

_NORMAL = NormalDist()
LOWEST = _NORMAL.cdf(-FURTHEST)  # the share of a normal distribution that is cut off at one end
SPAN = 1 - 2 * LOWEST


def levels_of(space: str, number: int, size: int = LATENT) -> NDArray[np.float64]:
    """`size` numbers in [0, 1) of a picture's number. `space` keeps data sets apart."""
    key = int.from_bytes(sha256(f"{space}:{number}".encode()).digest()[:16], "big")
    return np.random.Generator(np.random.Philox(key=key)).random(size)


def to_normal(levels: NDArray[np.float64]) -> NDArray[np.float32]:
    """Levels in [0, 1] as a truncated normal of the same shape as `imaging.latents` makes of seeds."""
    shares = LOWEST + SPAN * levels
    values = np.fromiter(map(_NORMAL.inv_cdf, shares.ravel()), np.float32, levels.size)
    return values.reshape(levels.shape)
