"""An embedder without a model, and corpora of any size for it, copied straight into the tables.

Vectors lie around a thousand topics; words have the frequencies that Zipf found. So neighbours, rare
words and common ones are as many as in a corpus of prose, and nothing waits for a model.
"""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from rag.embedding.base import Encoded, TokenVectors, Vectors
from rag.embedding.token_vectors import packed
from rag.models import Corpus, Document
from rag.types import DocumentState

NAME, FINGERPRINT = "synthetic", "synthetic@1"
DIMENSION, TOPICS, SPREAD = 384, 1_000, 1.0
VOCABULARY, A_TEXT, A_QUERY, TOKENS = 50_000, 60, 6, 90
A_COPY = 10_000  # chunks made and sent at once
INDEX = "chunks_near_384"


class SyntheticEmbedder:
    """Fulfils `rag.embedding.base.Embedder`: a text's vector is a point that its hash chooses."""

    fingerprint = FINGERPRINT

    def encode_query(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = points(np.random.default_rng(zlib.crc32(text.encode())), 1)[0]
        return vector

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.encode_query(text) for text in texts])

    def query_tokens(self, text: str) -> TokenVectors:
        return _tokens(len(text.split()))

    def encode_with_tokens(self, texts: Sequence[str]) -> Encoded:
        return Encoded(self.encode_document(texts), [_tokens(TOKENS) for _ in texts])

    def count_tokens(self, text: str) -> int:
        return len(text) // 4


def load(_model: str = "") -> SyntheticEmbedder:
    """For `rag.embedding.registry`."""
    return SyntheticEmbedder()


def points(random: np.random.Generator, count: int) -> Vectors:
    """So many random vectors of length 1, each near one of the topics: [count, DIMENSION]."""
    topics = np.random.default_rng(1).normal(size=(TOPICS, DIMENSION)).astype(np.float32)
    noise = random.normal(size=(count, DIMENSION)).astype(np.float32)
    near = topics[random.integers(TOPICS, size=count)] + SPREAD * noise
    vectors: Vectors = near / np.linalg.norm(near, axis=1, keepdims=True)
    return vectors


def words(random: np.random.Generator, count: int) -> list[str]:
    """Drawn with Zipf's frequencies."""
    ranks = random.zipf(1.2, size=count) % VOCABULARY
    return [f"w{rank}" for rank in ranks.tolist()]


def queries(count: int) -> list[str]:
    """Different ones of a few words, the same in each run."""
    random = np.random.default_rng(2)
    return [" ".join(words(random, A_QUERY)) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class Filling:
    """So many chunks for one corpus, which has `already` some."""

    corpus: Corpus
    count: int
    already: int = 0


def fill(fillings: Sequence[Filling]) -> dict[int, Vectors]:
    """Put the chunks in, make the index anew, and tidy; the new vectors by corpus."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")  # the site's own is for people who wait
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [INDEX])
        [definition] = cursor.fetchone()
        cursor.execute(f"DROP INDEX {INDEX}")
        made = {filling.corpus.pk: _copy(filling) for filling in fillings}
        cursor.execute("SET maintenance_work_mem = '2GB'")
        cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE rag_chunk")
        cursor.execute("RESET statement_timeout")
    return made


def _copy(filling: Filling) -> Vectors:
    document = Document.objects.create(
        corpus=filling.corpus,
        external_id=f"synthetic-{filling.already}",
        sha256="",
        state=DocumentState.READY,
    )
    random = np.random.default_rng(filling.corpus.pk * 1_000_003 + filling.already)
    made = [points(random, size) for size in _pieces(filling.count)]
    first = 0
    for vectors in made:
        _copy_piece(document, vectors, random, first)
        first += len(vectors)
    return np.concatenate(made)


def _pieces(count: int) -> Iterator[int]:
    for first in range(0, count, A_COPY):
        yield min(A_COPY, count - first)


def _copy_piece(
    document: Document, vectors: Vectors, random: np.random.Generator, first: int
) -> None:
    """Through a table of its own, so that the token vectors, the same for all, are sent once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS incoming"
            " (number int, text text, embedding halfvec, keywords tsvector)"
        )
        cursor.execute("TRUNCATE incoming")
        with cursor.copy("COPY incoming FROM STDIN") as copy:
            for number, vector in enumerate(vectors.tolist(), first):
                text = words(random, A_TEXT)
                written = "[" + ",".join(f"{value:.5g}" for value in vector) + "]"
                copy.write_row((number, " ".join(text), written, " ".join(sorted(set(text)))))
        cursor.execute(
            'INSERT INTO rag_chunk (document_id, corpus_id, number, start, "end", text, tokens,'
            " fingerprint, embedding, token_vectors, keywords)"
            " SELECT %s, %s, number, 0, length(text), text, %s, %s, embedding, %s, keywords"
            " FROM incoming",
            (document.pk, document.corpus_id, TOKENS, FINGERPRINT, packed(_tokens(TOKENS))),
        )


def _tokens(count: int) -> TokenVectors:
    random = np.random.default_rng(count)
    return TokenVectors(random.integers(1_000, size=count), points(random, count))
