"""Corpora with documents that are indexed already, without a worker."""

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from accounts.models import User
from rag.api import create_corpus, keywords_of
from rag.embedding.base import Embedder
from rag.models import Chunk, Corpus, Document, Readership
from rag.types import DocumentState

DIMENSION = 384


def make_corpus(
    owner: User, slug: str = "handbook", *, readers: tuple[User, ...] = (), is_public: bool = False
) -> Corpus:
    """A corpus of `owner` with these readers."""
    corpus = create_corpus(owner=owner, slug=slug, name=slug.title(), is_public=is_public)
    for reader in readers:
        Readership.objects.create(corpus=corpus, user=reader)
    return corpus


def make_document(
    corpus: Corpus,
    text: str,
    *,
    title: str = "",
    before: str = "",
    embedder: Embedder | None = None,
) -> Chunk:
    """A ready document of one chunk, which holds `text` and stands behind `before` in its document.

    Without an embedder it has a vector that means nothing.
    """
    vector = [1.0] + [0.0] * (DIMENSION - 1)
    if embedder is not None:
        vector = embedder.encode_document([f"{title}\n{text}"])[0].tolist()
    number = Document.objects.filter(corpus=corpus).count() + 1
    document = Document.objects.create(
        corpus=corpus,
        external_id=f"{corpus.slug}-{number}",
        title=title,
        text=before + text,
        sha256=f"{corpus.slug}-{number}",
        state=DocumentState.READY,
        done=1,
        total=1,
    )
    return Chunk.objects.create(
        document=document,
        corpus=corpus,
        number=0,
        start=len(before),
        end=len(before) + len(text),
        text=text,
        tokens=len(text),
        fingerprint=embedder.fingerprint if embedder else "fixed",
        embedding=vector,
        keywords=SearchVector(Value(" ".join(keywords_of(f"{title} {text}"))), config="simple"),
    )
