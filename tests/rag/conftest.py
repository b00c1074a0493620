"""A corpus of the owner, and the real embedded model."""

import pytest

from accounts.models import User
from rag.embedding.base import Embedder
from rag.embedding.registry import embedder
from rag.models import Corpus
from rag.services.corpora import create_corpus


@pytest.fixture
def corpus(owner: User) -> Corpus:
    """A private corpus of the owner."""
    return create_corpus(owner=owner, slug="handbook", name="Handbook", language="en")


@pytest.fixture(scope="session")
def search_model() -> Embedder:
    """The real embedded model, built once a machine."""
    from rag.embedding.e5_small.build import build_model

    build_model(print)
    return embedder("e5_small")
