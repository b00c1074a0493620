"""Which embedder's vectors a corpus is searched by.

`Corpus.serving` is the fingerprint that all its vectors have; a corpus without any takes the embedder
that it is set to. Another setting counts once `rag.services.reembedding` has made every vector anew.
"""

from django.conf import settings
from django.db.models import QuerySet

from rag.embedding.base import Embedder
from rag.embedding.registry import embedder, embedder_of
from rag.models import Corpus


def serving_embedder(corpus: Corpus) -> Embedder:
    """What new chunks of the corpus are embedded by. Raises EmbedderMissingError."""
    return _serving(corpus.serving, corpus.embedder)


def by_embedder(corpora: QuerySet[Corpus]) -> list[tuple[Embedder, list[int]]]:
    """Ids of those that are searched together. Raises EmbedderMissingError."""
    together: dict[str, tuple[Embedder, list[int]]] = {}
    for pk, serving, name in corpora.order_by("pk").values_list("pk", "serving", "embedder"):
        model = _serving(serving, name)
        together.setdefault(model.fingerprint, (model, []))[1].append(pk)
    return list(together.values())


def is_stale(corpus: Corpus) -> bool:
    """Whether the corpus is set to another embedder than the one that serves it.

    Raises EmbedderMissingError where only the model itself could tell and is not there.
    """
    if not corpus.serving:
        return False
    if corpus.serving.partition("@")[0] != (corpus.embedder or settings.EMBEDDER):
        return True
    return corpus.serving != embedder(corpus.embedder).fingerprint


def _serving(fingerprint: str, name: str) -> Embedder:
    return embedder_of(fingerprint) if fingerprint else embedder(name)
