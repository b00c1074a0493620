"""What a reranker can do. Each is a module beside this one."""

from collections.abc import Sequence
from typing import Protocol

from rag.embedding.base import Embedder
from rag.search.candidates import Candidate


class Reranker(Protocol):
    """Scores candidates by query and text together. May be called by several threads at once."""

    def rerank(
        self, query: str, candidates: Sequence[Candidate], joined: Sequence[float], model: Embedder
    ) -> list[float]:
        """A score for each candidate, the higher the better.

        `joined` are their scores so far, and `model` made their vectors.
        """
