"""A corpus of the owner, and a small embedder in the place of the real one."""

import pytest

from accounts.models import User
from rag.models import Corpus
from rag.services.corpora import create_corpus


@pytest.fixture
def corpus(owner: User) -> Corpus:
    """A private corpus of the owner."""
    return create_corpus(owner=owner, slug="handbook", name="Handbook", language="en")
