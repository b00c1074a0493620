"""What an embedder can do. Each backend is a module or a package beside this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # [n, dimension], each row of length 1


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text's tokens without the marks around it: their ids, and a unit vector for each."""

    ids: NDArray[np.int64]  # [tokens]
    vectors: Vectors  # [tokens, dimension]


@dataclass(frozen=True, slots=True)
class Encoded:
    """What an embedder makes of several texts, in their order."""

    vectors: Vectors
    tokens: list[TokenVectors]


class Embedder(Protocol):
    """Texts that mean the same get vectors with a high cosine, across languages.

    Of a long text only the beginning is read. Its methods may be called by several threads at once,
    and block for as long as they compute.
    """

    @property
    def fingerprint(self) -> str:
        """Names model, weights and pooling: vectors of one fingerprint alone can be compared."""

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector of what somebody looks for: [dimension]."""

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what can be found, in the order of `texts`."""

    def query_tokens(self, text: str) -> TokenVectors:
        """The query token by token, as late interaction needs it."""

    def encode_with_tokens(self, texts: Sequence[str]) -> Encoded:
        """The same, and a vector for each of their tokens, computed together."""

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` has by itself, however long it is."""
