"""Models of the sentence-transformers library, as BAAI/bge-m3 (Chen et al. 2024, arXiv:2402.03216).

For machines with a GPU: `requirements/train.txt` brings the library and torch. A model's own prompts
for queries and documents are used where it has them.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.embedding.base import Encoded, TokenVectors, Vectors
from rag.errors import EmbedderMissingError

A_BATCH = 32
MARKS = 8  # tokens of what is read that are not the text's: marks, and a short prompt


def load(name: str) -> "SentenceTransformers":
    """The model of this name. Raises EmbedderMissingError where it or the library is not at hand."""
    if not name:
        raise EmbedderMissingError(detail="name a model: sentence_transformers:BAAI/bge-m3")
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as missing:
        raise EmbedderMissingError(detail=f"{missing.name} is not installed") from missing
    try:
        return SentenceTransformers(name, SentenceTransformer(name))
    except (OSError, ValueError) as failure:  # no such model, or no way to its files
        raise EmbedderMissingError(detail=f"{name}: {failure}") from failure


class SentenceTransformers:
    """Fulfils `rag.embedding.base.Embedder`."""

    def __init__(self, name: str, model: Any) -> None:
        self._model = model
        self._dimension = int(model.get_embedding_dimension())
        self._longest = int(model.max_seq_length) - MARKS
        self.fingerprint = f"sentence_transformers:{name}@{_weights_hash(model)}:{_pooling(model)}"

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._model.encode_query(text, normalize_embeddings=True)
        return vector

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self._dimension), np.float32)
        vectors: Vectors = self._model.encode_document(
            list(texts), batch_size=A_BATCH, normalize_embeddings=True
        )
        return vectors

    def query_tokens(self, text: str) -> TokenVectors:
        [outcome] = self._model.encode_query([text], output_value=None)
        return self._inner(text, outcome)

    def encode_with_tokens(self, texts: Sequence[str]) -> Encoded:
        if not texts:
            return Encoded(self.encode_document(texts), [])
        outcomes = self._model.encode_document(list(texts), output_value=None, batch_size=A_BATCH)
        vectors = np.stack([_floats(outcome["sentence_embedding"]) for outcome in outcomes])
        return Encoded(
            vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
            [self._inner(text, outcome) for text, outcome in zip(texts, outcomes, strict=True)],
        )

    def count_tokens(self, text: str) -> int:
        return len(self._tokenize(text)["input_ids"])

    def _tokenize(self, text: str) -> Any:
        return self._model.tokenizer(text, add_special_tokens=False, verbose=False)

    def _inner(self, text: str, outcome: Any) -> TokenVectors:
        """The text's own tokens stand last, before the mark of the end."""
        states = _floats(outcome["token_embeddings"])[outcome["attention_mask"].cpu().bool()]
        ids = np.array(self._tokenize(text)["input_ids"][: self._longest], np.int64)
        vectors = states[-len(ids) - 1 : -1]
        return TokenVectors(ids, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def _floats(tensor: Any) -> NDArray[np.float32]:
    return np.asarray(tensor.detach().float().cpu())


def _weights_hash(model: Any) -> str:
    """Of a sample of every parameter: another training of the same name is another model."""
    digest = hashlib.sha256()
    for name, parameter in model.named_parameters():
        sample = parameter.detach().flatten()[:: max(1, parameter.numel() // 64)]
        digest.update(name.encode())
        digest.update(_floats(sample).tobytes())
    return digest.hexdigest()[:12]


def _pooling(model: Any) -> str:
    modes = [getattr(module, "pooling_mode", None) for module in model]
    return next((str(mode) for mode in modes if mode), "own")
