"""Runs the model: texts, with their prefixes, to vectors, in batches of bounded size."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from rag.embedding.base import Encoded, TokenVectors, Vectors

LONGEST = 512  # positions that the model was trained with, marks and prefix included
# Tokens, padding included. What a run takes stays with the process: 105 MB with the longest texts,
# where 4,096 took 355 and were no faster.
A_BATCH = 1024
# Tokens of it for a text: padding costs as much as text, and coarsens 8-bit values.
MOST_PADDING = 16
PADDING, END = 1, 2


class Encoder:
    """A model and its tokenizer. Several threads may use one at once."""

    def __init__(self, model: Path, tokenizer: Path, threads: int = 1) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that spin while they wait take the processor from whoever else works here.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(tokenizer))

    def pooled(self, texts: Sequence[str]) -> Vectors:
        """[texts, hidden]; what is longer than LONGEST is cut."""
        encodings = self._encodings(texts)
        found: dict[int, NDArray[np.float32]] = {}
        for batch in _batches(encodings):
            [pooled] = self._run(("pooled",), encodings, batch)
            found.update(zip(batch, pooled, strict=True))
        return np.stack([found[index] for index in range(len(texts))])

    def read(self, texts: Sequence[str], prefix: str) -> Encoded:
        """Pooled vectors, and what each text's tokens behind `prefix` became in context."""
        encodings = self._encodings(texts)
        found: dict[int, tuple[NDArray[np.float32], TokenVectors]] = {}
        for batch in _batches(encodings):
            pooled, tokens = self._run(("pooled", "tokens"), encodings, batch)
            for index, row, states in zip(batch, pooled, tokens, strict=True):
                found[index] = row, _inner_tokens(encodings[index], states, len(prefix))
        rows = [found[index] for index in range(len(texts))]
        return Encoded(np.stack([row for row, _ in rows]), [tokens for _, tokens in rows])

    def count(self, text: str) -> int:
        """How many tokens the text has, without marks."""
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def _encodings(self, texts: Sequence[str]) -> list[Encoding]:
        return self._tokenizer.encode_batch(list(texts))

    def _run(
        self, outputs: Sequence[str], encodings: Sequence[Encoding], batch: Sequence[int]
    ) -> list[NDArray[np.float32]]:
        rows = [_bounded(encodings[index].ids) for index in batch]
        ids = np.full((len(rows), max(map(len, rows))), PADDING, np.int64)
        mask = np.zeros_like(ids)
        for place, row in enumerate(rows):
            ids[place, : len(row)] = row
            mask[place, : len(row)] = 1
        outcome: list[NDArray[np.float32]] = self._session.run(outputs, {"ids": ids, "mask": mask})
        return outcome


def _bounded(ids: list[int]) -> list[int]:
    return ids if len(ids) <= LONGEST else [*ids[: LONGEST - 1], END]


def _batches(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """Indices, texts of like length together, since a batch costs its longest text times its size."""
    lengths = [min(len(encoding.ids), LONGEST) for encoding in encodings]
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        length = lengths[index]
        too_large = (len(batch) + 1) * length > A_BATCH
        if batch and (too_large or length > lengths[batch[0]] + MOST_PADDING):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _inner_tokens(
    encoding: Encoding, states: NDArray[np.float32], prefix_length: int
) -> TokenVectors:
    """Without the marks around a text and without its prefix, each brought to length 1."""
    inner = [
        place
        for place, (_, end) in enumerate(encoding.offsets[: LONGEST - 1])
        if end > prefix_length
    ]
    vectors = states[inner]
    return TokenVectors(
        ids=np.array(encoding.ids, np.int64)[inner],
        vectors=vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
    )
