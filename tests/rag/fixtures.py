"""What tests of documents share, below and above the network."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from rag.embedding import registry
from tests.rag.hashing import HashingEmbedder


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
