"""A small embedder at the backends' door: words are hashed into a vector, tokens are counted simply."""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.embedding.base import Encoded, TokenVectors, Vectors
from rag.keywords import keywords_of


class HashingEmbedder:
    """Fulfils `rag.embedding.base.Embedder`. `on_batch` is called before each batch."""

    fingerprint = "hashing@1"
    dimension = 384

    def __init__(self) -> None:
        self.texts: list[str] = []  # everything that was embedded
        self.on_batch = lambda: None

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector = np.zeros(self.dimension, np.float32)
        for word in keywords_of(text):
            vector[zlib.crc32(word.encode()) % self.dimension] += 1
        length = float(np.linalg.norm(vector)) or 1.0
        return (vector / length).astype(np.float32)

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        self.on_batch()
        self.texts += texts
        vectors = [self.encode_query(text) for text in texts]
        return np.array(vectors, np.float32).reshape(-1, self.dimension)

    def query_tokens(self, text: str) -> TokenVectors:
        words = keywords_of(text)
        ids = np.array([zlib.crc32(word.encode()) for word in words], np.int64)
        vectors = [self.encode_query(word) for word in words]
        return TokenVectors(ids, np.array(vectors, np.float32).reshape(-1, self.dimension))

    def encode_with_tokens(self, texts: Sequence[str]) -> Encoded:
        return Encoded(self.encode_document(texts), [self.query_tokens(text) for text in texts])

    def count_tokens(self, text: str) -> int:
        return (len(text) + 1) // 2
