"""What an embedder can do. Each backend is a module or a package beside this one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]  # [n, dimension], each row of length 1
Span = tuple[int, int]  # start and end in code points


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """A text's tokens without the marks around it: their ids, and a unit vector for each."""

    ids: NDArray[np.int64]  # [tokens]
    vectors: Vectors  # [tokens, dimension]


@dataclass(frozen=True, slots=True)
class Reading:
    """What an embedder makes of several texts, in their order."""

    vectors: Vectors
    tokens: list[TokenVectors]


class Embedder(Protocol):
    """Texts that mean the same get vectors with a high cosine, across languages.

    Its methods may be called by several threads at once, and block for as long as they compute.
    """

    @property
    def fingerprint(self) -> str:
        """Names model, weights and pooling: vectors of one fingerprint alone can be compared."""

    @property
    def dimension(self) -> int: ...

    @property
    def longest(self) -> int:
        """How many tokens of a text are read; what comes after them counts for nothing."""

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector of what somebody looks for: [dimension]."""

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """The vectors of what can be found, in the order of `texts`."""

    def query_tokens(self, text: str) -> TokenVectors:
        """The query token by token, as late interaction needs it."""

    def read_document(self, texts: Sequence[str]) -> Reading:
        """Vectors and token vectors of texts that can be found, computed together."""

    def token_spans(self, text: str) -> list[Span]:
        """Where each token of `text` stands in it, in order, however long it is."""

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` has by itself."""
