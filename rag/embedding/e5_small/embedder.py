"""The embedder that every machine has: see the package's own words."""

from collections.abc import Sequence

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from rag.embedding.base import Encoded, TokenVectors, Vectors
from rag.embedding.e5_small.model_folder import FINGERPRINT, MODEL, TOKENIZER, model_folder
from rag.embedding.e5_small.session import Encoder
from rag.errors import EmbedderMissingError

QUERY, PASSAGE = "query: ", "passage: "  # the model was trained with these
DIMENSION = 384


def load(_model: str = "") -> "E5Small":
    """Raises EmbedderMissingError where the model is not built yet."""
    folder = model_folder()
    if not folder.exists():
        raise EmbedderMissingError(detail=f"{folder} is not built: manage.py build_embedder")
    return E5Small(Encoder(folder / MODEL, folder / TOKENIZER, threads=settings.EMBEDDER_THREADS))


class E5Small:
    """Fulfils `rag.embedding.base.Embedder`."""

    fingerprint = FINGERPRINT

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode_query(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._encoder.pooled([QUERY + text])[0]
        return row

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        return self._encoder.pooled([PASSAGE + text for text in texts])

    def query_tokens(self, text: str) -> TokenVectors:
        return self._encoder.read([QUERY + text], QUERY).tokens[0]

    def encode_with_tokens(self, texts: Sequence[str]) -> Encoded:
        if not texts:
            return Encoded(self.encode_document(texts), [])
        return self._encoder.read([PASSAGE + text for text in texts], PASSAGE)

    def count_tokens(self, text: str) -> int:
        return self._encoder.count(text)
