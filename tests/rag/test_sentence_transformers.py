"""The backends of the sentence-transformers library, with a stand-in at the library's door.

The stand-in has the library's calls and shapes; what it computes is small, and needs no torch.
"""

import sys
from collections.abc import Iterator, Sequence
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rag.embedding import registry
from rag.embedding.sentence_transformers import load
from rag.errors import EmbedderMissingError, RerankerMissingError
from rag.rerank import cross_encoder
from rag.search.candidates import Candidate
from tests.rag.hashing import HashingEmbedder

KNOWN = "tiny/model"


class Tensor:
    """As much of a torch tensor as the backend touches."""

    def __init__(self, values: Any) -> None:
        self.values = np.asarray(values, np.float32)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self.values.astype(dtype or np.float32)

    def __getitem__(self, key: Any) -> "Tensor":
        return Tensor(self.values[key])

    def detach(self) -> "Tensor":
        return self

    float = cpu = flatten = detach

    def bool(self) -> np.ndarray:
        return self.values.astype(bool)

    def numel(self) -> int:
        return self.values.size


class TinyModel:
    """A model of characters: `weight` is what tells one training from another."""

    max_seq_length = 64
    weight = 1.0

    def __init__(self, name: str) -> None:
        if name != KNOWN:
            raise OSError(f"{name} is not a model that is at hand")
        self._small = HashingEmbedder()

    def __iter__(self) -> Iterator[Any]:
        return iter([SimpleNamespace(), SimpleNamespace(pooling_mode="cls")])

    def get_embedding_dimension(self) -> int:
        return self._small.dimension

    def named_parameters(self) -> list[tuple[str, Tensor]]:
        return [("embedding", Tensor([self.weight] * 100))]

    def tokenizer(self, text: str, **_options: Any) -> dict[str, Any]:
        return {"input_ids": [ord(sign) for sign in text]}

    def encode_query(self, texts: Any, **options: Any) -> Any:
        return self.encode_document(texts, **options)

    def encode_document(
        self, texts: Any, output_value: str | None = "sentence_embedding", **_options: Any
    ) -> Any:
        if isinstance(texts, str):
            return self._small.encode_query(texts)
        if output_value is None:
            return [self._closely(text) for text in texts]
        return self._small.encode_document(texts)

    def _closely(self, text: str) -> dict[str, Tensor]:
        """With a mark at either end, and two places of padding."""
        rows = [np.full(self._small.dimension, 1 + ord(sign) % 7) for sign in f"<{text}>__"]
        return {
            "sentence_embedding": Tensor(3 * self._small.encode_query(f"{text} end")),
            "token_embeddings": Tensor(rows),
            "attention_mask": Tensor([1] * (len(text) + 2) + [0, 0]),
        }


class TinyReranker:
    """Likes texts that have the query in them."""

    def __init__(self, name: str) -> None:
        if name != KNOWN:
            raise OSError(f"{name} is not a model that is at hand")

    def predict(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        return np.array([float(query in text) for query, text in pairs])


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The stand-in, where the library would be imported from."""
    module = ModuleType("sentence_transformers")
    vars(module).update(SentenceTransformer=TinyModel, CrossEncoder=TinyReranker)
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    return module


def test_a_model_of_the_library_gives_vectors_and_tokens(library: ModuleType) -> None:
    model = load(KNOWN)
    vectors = model.encode_document(["blue door", "red roof"])
    assert vectors.shape == (2, 384)
    assert np.argmax(vectors @ model.encode_query("door")) == 0
    encoded = model.encode_with_tokens(["blue door", ""])
    assert np.allclose(np.linalg.norm(encoded.vectors, axis=1), 1)
    assert [len(tokens.ids) for tokens in encoded.tokens] == [9, 0]
    assert encoded.tokens[0].vectors.shape == (9, 384)
    assert model.count_tokens("門と鍵") == 3
    assert len(model.query_tokens("door").ids) == 4
    assert model.encode_document([]).shape == (0, 384)


def test_another_training_of_the_same_name_has_another_fingerprint(
    library: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load(KNOWN).fingerprint
    assert before == load(KNOWN).fingerprint
    assert before.startswith(f"sentence_transformers:{KNOWN}@")
    assert before.endswith(":cls")
    monkeypatch.setattr(TinyModel, "weight", 2.0)
    assert load(KNOWN).fingerprint != before


def test_a_fingerprint_leads_back_to_the_model_of_the_library(library: ModuleType) -> None:
    model = registry.embedder(f"sentence_transformers:{KNOWN}")
    assert registry.embedder_of(model.fingerprint) is model


def test_what_is_not_at_hand_is_told_with_a_code(
    library: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no/such-model", ""):
        with pytest.raises(EmbedderMissingError):
            load(name)
    with pytest.raises(RerankerMissingError):
        cross_encoder.load("no/such-model")
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbedderMissingError):
        load(KNOWN)
    with pytest.raises(RerankerMissingError):
        cross_encoder.load(KNOWN)


def test_a_cross_encoder_reads_query_and_text_together(library: ModuleType) -> None:
    candidates = [
        Candidate(n, n, f"d{n}", "", 1, text, 0, len(text), 2, 0.5)
        for n, text in enumerate(["the red roof", "the blue door"])
    ]
    reranker = cross_encoder.load(KNOWN)
    scores = reranker.rerank("blue", candidates, [0.5, 0.5], HashingEmbedder())
    assert scores == [0.0, 1.0]
    assert reranker.rerank("blue", [], [], HashingEmbedder()) == []
