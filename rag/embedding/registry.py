"""Which embedder a name means. One of each is made in a process, at its first use.

To add one:
1. Write a module with a class that fulfils `base.Embedder`, and `load(model)`, which makes it and
   raises EmbedderMissingError, with what is missing as `detail`, where it cannot.
2. Name it in `EMBEDDERS`. It is imported at first use: what runs models is heavy.
3. Its fingerprint begins with its name here and an @: rows are searched with the embedder that
   made them. Give its dimension an index (`DIMENSIONS` in rag/models/chunk.py, with a migration).
"""

from collections.abc import Callable
from functools import cache
from threading import Lock
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from rag.embedding.base import Embedder
from rag.errors import EmbedderMissingError

EMBEDDERS: dict[str, str] = {
    "e5_small": "rag.embedding.e5_small.embedder.load",
    "sentence_transformers": "rag.embedding.sentence_transformers.load",
}
_one_at_a_time = Lock()


def embedder(name: str = "") -> Embedder:
    """The embedder of this name, `backend` or `backend:model`; empty is the site's.

    Raises EmbedderMissingError; the next call tries again.
    """
    with _one_at_a_time:
        return _load(name or settings.EMBEDDER)


def embedder_of(fingerprint: str) -> Embedder:
    """The embedder that made vectors of this fingerprint.

    Raises EmbedderMissingError where it is not at hand any more.
    """
    found = embedder(fingerprint.partition("@")[0])
    if found.fingerprint != fingerprint:
        raise EmbedderMissingError(detail=f"{fingerprint} was made by another model")
    return found


@cache
def _load(name: str) -> Embedder:
    backend, _, model = name.partition(":")
    if backend not in EMBEDDERS:
        raise EmbedderMissingError(detail=f"no embedder is called {backend!r}")
    load = cast(Callable[[str], Embedder], import_string(EMBEDDERS[backend]))
    return load(model)
