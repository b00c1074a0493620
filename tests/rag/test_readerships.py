"""Who reads a corpus besides its owner."""

import pytest

from accounts.models import User
from rag.errors import ReaderNotFoundError, TooManyReadersError
from rag.models import Corpus
from rag.services import readerships
from rag.services.readerships import add_reader, remove_reader


def test_readers_are_people_and_no_more_than_a_corpus_may_have(
    corpus: Corpus, owner: User, reader: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readerships, "MOST_READERS", 1)
    with pytest.raises(ReaderNotFoundError):
        add_reader(corpus=corpus, username="nobody")
    add_reader(corpus=corpus, username=owner.username)  # who reads it anyway takes no place
    add_reader(corpus=corpus, username=reader.username)
    with pytest.raises(TooManyReadersError):
        add_reader(corpus=corpus, username=stranger.username)
    assert list(corpus.readers.all()) == [reader]
    remove_reader(corpus=corpus, username=reader.username)
    assert not corpus.readers.exists()
