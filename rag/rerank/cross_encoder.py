"""Cross-encoders of the sentence-transformers library, as BAAI/bge-reranker-v2-m3: for a GPU."""

from collections.abc import Sequence
from typing import Any

from rag.embedding.base import Embedder
from rag.errors import RerankerMissingError
from rag.search.candidates import Candidate

DEFAULT = "BAAI/bge-reranker-v2-m3"


def load(model: str = "") -> "CrossEncoderReranker":
    """Raises RerankerMissingError where the library or the model is not at hand."""
    name = model or DEFAULT
    try:
        from sentence_transformers import CrossEncoder
    except ImportError as missing:
        raise RerankerMissingError(detail=f"{missing.name} is not installed") from missing
    try:
        return CrossEncoderReranker(CrossEncoder(name))
    except (OSError, ValueError) as failure:  # no such model, or no way to its files
        raise RerankerMissingError(detail=f"{name}: {failure}") from failure


class CrossEncoderReranker:
    """Fulfils `rag.rerank.base.Reranker`: reads query and text as one, so joined scores add nothing."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def rerank(
        self, query: str, candidates: Sequence[Candidate], joined: Sequence[float], model: Embedder
    ) -> list[float]:
        if not candidates:
            return []
        pairs = [(query, f"{one.title}\n{one.text}") for one in candidates]
        return [float(score) for score in self._model.predict(pairs)]
