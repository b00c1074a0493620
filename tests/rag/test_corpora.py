"""Who may read a corpus, alone and together with others, and what may be made."""

import pytest

from accounts.models import User
from rag.api import create_corpus, readable_corpora
from rag.errors import CorpusInvalidError, SlugTakenError
from rag.models import Corpus, Readership

NOBODY = 10**9  # an id that no user has


@pytest.fixture
def shared(corpus: Corpus, reader: User) -> Corpus:
    """The owner's corpus, with one reader."""
    Readership.objects.create(corpus=corpus, user=reader)
    return corpus


def test_owner_and_reader_may_read_and_a_stranger_may_not(
    shared: Corpus, owner: User, reader: User, stranger: User
) -> None:
    assert readable_corpora([owner.pk]) == [shared.pk]
    assert readable_corpora([reader.pk]) == [shared.pk]
    assert readable_corpora([stranger.pk]) == []


def test_in_company_only_what_each_may_read_counts(
    shared: Corpus, owner: User, reader: User, stranger: User
) -> None:
    assert readable_corpora([owner.pk, reader.pk, owner.pk]) == [shared.pk]
    assert readable_corpora([owner.pk, stranger.pk]) == []


def test_nobody_and_unknown_people_read_public_corpora_alone(shared: Corpus, owner: User) -> None:
    public = create_corpus(owner=owner, slug="news", name="News", is_public=True)
    assert readable_corpora([]) == readable_corpora([NOBODY]) == [public.pk]
    assert readable_corpora([owner.pk, NOBODY]) == [public.pk]
    assert readable_corpora([owner.pk], slugs=["handbook"]) == [shared.pk]


def test_a_short_name_is_given_once_and_must_be_one(corpus: Corpus, stranger: User) -> None:
    with pytest.raises(SlugTakenError):
        create_corpus(owner=stranger, slug=corpus.slug, name="Mine")
    with pytest.raises(CorpusInvalidError):
        create_corpus(owner=stranger, slug="no slug", name="Mine")
    with pytest.raises(CorpusInvalidError):
        create_corpus(owner=stranger, slug="big", name="Mine", chunk_tokens=20, overlap_tokens=20)
