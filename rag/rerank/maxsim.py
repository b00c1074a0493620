"""Late interaction (Khattab & Zaharia 2020, arXiv:2004.12832) over the embedder's own token vectors.

For each token of the query, its best cosine with a token of the text; their mean, in which tokens
that few of the candidates have weigh more. The title counts once more by itself, since it says what a
text answers, and drowns among the tokens of the whole. No cross-encoder comes in a package for all languages,
and this needs none: the token vectors were stored when the chunk was embedded.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.embedding.base import Embedder, TokenVectors
from rag.embedding.token_vectors import unpacked
from rag.models import Chunk
from rag.rerank.titles import TitleReader
from rag.search.bm25 import idf
from rag.search.candidates import Candidate

# How much they count beside the text: the score so far, and the title.
JOINED_SHARE, TITLE_SHARE = 0.25, 0.25


def load(_model: str = "") -> "MaxSim":
    """It has nothing to load."""
    return MaxSim()


class MaxSim:
    """Fulfils `rag.rerank.base.Reranker`."""

    def __init__(self) -> None:
        self._titles = TitleReader()

    def rerank(
        self, query: str, candidates: Sequence[Candidate], joined: Sequence[float], model: Embedder
    ) -> list[float]:
        if not candidates:
            return []
        asked = model.query_tokens(query)
        stored = _stored(candidates, model)
        texts = [stored[one.chunk] for one in candidates]
        titles = self._titles.read((one.title for one in candidates if one.title), model)
        weights = _weights(asked, texts)
        scores = []
        for one, text, score in zip(candidates, texts, joined, strict=True):
            closer = _similarity(asked, weights, text)
            title = _similarity(asked, weights, titles[one.title]) if one.title else closer
            whole = closer + TITLE_SHARE * title + JOINED_SHARE * score
            scores.append(whole / (1 + TITLE_SHARE + JOINED_SHARE))
        return scores


def _stored(candidates: Sequence[Candidate], model: Embedder) -> Mapping[int, TokenVectors]:
    """By chunk; made anew where they are of another model."""
    ids = [one.chunk for one in candidates]
    rows = Chunk.objects.filter(pk__in=ids, fingerprint=model.fingerprint).exclude(
        token_vectors=b""
    )
    found = {pk: unpacked(bytes(kept)) for pk, kept in rows.values_list("pk", "token_vectors")}
    missing = [one for one in candidates if one.chunk not in found]
    if missing:
        made = model.encode_with_tokens([f"{one.title}\n{one.text}" for one in missing]).tokens
        found.update((one.chunk, tokens) for one, tokens in zip(missing, made, strict=True))
    return found


def _weights(asked: TokenVectors, texts: Sequence[TokenVectors]) -> NDArray[np.float32]:
    """[tokens of the query]: 1, and the token's idf among the candidates on top."""
    frequency = Counter(token for text in texts for token in set(text.ids.tolist()))
    return np.array(
        [1 + idf(len(texts), frequency[token]) for token in asked.ids.tolist()], np.float32
    )


def _similarity(asked: TokenVectors, weights: NDArray[np.float32], text: TokenVectors) -> float:
    """From -1 to 1; 0 where either side has no token."""
    if not len(text.ids) or not len(asked.ids):
        return 0.0
    best = (asked.vectors @ text.vectors.T).max(axis=1)
    return float(best @ weights / weights.sum())
