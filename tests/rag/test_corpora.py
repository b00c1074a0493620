"""Who may read a corpus, alone and together with others, and what may be made."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from accounts.models import User
from rag.api import create_corpus, readable_corpora
from rag.errors import CorpusInvalidError, SlugTakenError, TooManyCorporaError
from rag.models import Corpus, Readership
from rag.services.corpora import delete_corpus
from tests.factories.people import make_person

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


def test_a_short_name_has_no_capitals_as_in_questions(owner: User) -> None:
    assert create_corpus(owner=owner, slug="Tea-Room", name="Tea").slug == "tea-room"
    with pytest.raises(SlugTakenError):
        create_corpus(owner=owner, slug="TEA-room", name="Tea")


def test_the_name_of_a_corpus_that_is_gone_goes_to_nobody_but_its_owner(
    corpus: Corpus, owner: User, stranger: User
) -> None:
    """Assistants and scripts go on naming it."""
    delete_corpus(corpus=corpus)
    for slug in ("handbook", "HandBook"):
        with pytest.raises(SlugTakenError):
            create_corpus(owner=stranger, slug=slug, name="Mine", is_public=True)
    assert create_corpus(owner=owner, slug="handbook", name="Handbook").slug == "handbook"
    assert Corpus.objects.count() == 1


def test_not_even_the_end_of_an_account_sets_a_name_free(
    corpus: Corpus, owner: User, stranger: User
) -> None:
    owner.delete()
    with pytest.raises(SlugTakenError):
        create_corpus(owner=stranger, slug="handbook", name="Mine")
    staff = make_person("keeper", is_staff=True)
    assert create_corpus(owner=staff, slug="handbook", name="Ours").owner == staff


@pytest.mark.django_db(transaction=True)
def test_corpora_that_are_made_at_the_same_moment_are_counted_too(
    owner: User, settings: Settings
) -> None:
    settings.CORPORA_PER_PERSON = 2
    at_once = Barrier(6)

    def make(number: int) -> bool:
        at_once.wait()
        try:
            create_corpus(owner=owner, slug=f"notes-{number}", name="Notes")
        except TooManyCorporaError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(make, range(6))) == 2
