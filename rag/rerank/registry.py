"""Which reranker the setting RERANKER means; one is made in a process, at its first use.

To add one: a module with a class that fulfils `base.Reranker` and `load(model)`, which makes it and
raises RerankerMissingError where it cannot, and its name in `RERANKERS`.
"""

from collections.abc import Callable, Mapping
from functools import cache
from threading import Lock
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from rag.errors import RerankerMissingError
from rag.rerank.base import Reranker

RERANKERS: Mapping[str, str] = {
    "maxsim": "rag.rerank.maxsim.load",
    "cross_encoder": "rag.rerank.cross_encoder.load",
}
_one_at_a_time = Lock()


def reranker() -> Reranker:
    """The site's. Raises RerankerMissingError; the next call tries again."""
    with _one_at_a_time:
        return _load(settings.RERANKER)


@cache
def _load(name: str) -> Reranker:
    backend, _, model = name.partition(":")
    if backend not in RERANKERS:
        raise RerankerMissingError(detail=f"no reranker is called {backend!r}")
    load = cast(Callable[[str], Reranker], import_string(RERANKERS[backend]))
    return load(model)
