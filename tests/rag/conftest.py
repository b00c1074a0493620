"""A corpus of the owner, and a small embedder in the place of the real one."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from accounts.models import User
from rag.embedding import registry
from rag.embedding.base import Embedder
from rag.embedding.registry import embedder
from rag.models import Corpus
from rag.services.corpora import create_corpus
from tests.rag.hashing import HashingEmbedder


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


@pytest.fixture
def hashing(monkeypatch: pytest.MonkeyPatch) -> HashingEmbedder:
    """A small embedder in the place of the site's."""
    small = HashingEmbedder()
    monkeypatch.setattr(registry, "_load", lambda _name: small)
    return small


@pytest.fixture
def documents_root(tmp_path: Path, settings: Settings) -> Path:
    """An empty store of files."""
    settings.DOCUMENTS_ROOT = tmp_path / "documents"
    return tmp_path / "documents"
