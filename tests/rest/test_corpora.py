"""Corpora over HTTP, in every role: what may be handed in, read, searched, changed and deleted."""

from typing import Any

import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from accounts.models import User
from rag.models import Corpus, Document, Readership
from tests.factories.documents import make_corpus, make_document
from tests.factories.people import make_person
from tests.rag.hashing import HashingEmbedder
from tests.rest.conftest import API, Calling
from tests.rest.knowledge import DOCUMENTS, HERE, code_of

pytestmark = pytest.mark.django_db
CANARY = "CANARY-7f3a"


def test_a_corpus_is_made_listed_changed_and_deleted(calling: Calling, owner: User) -> None:
    caller = calling(owner)
    made = caller.post("/corpora/", slug="notes", name=" My  notes ", language="en", public=False)
    assert made.status_code == 201
    assert made.json() | {"created_at": ""} == {
        "slug": "notes", "name": "My notes", "language": "en", "public": False,
        "owner": owner.username, "own": True, "created_at": "",
        "documents": {"ready": 0, "pending": 0, "failed": 0},
    }  # fmt: skip
    assert caller.get("/corpora/").json()["results"] == [made.json()]
    changed = caller.patch("/corpora/notes/", name="Notes", public=True)
    assert (changed.json()["name"], changed.json()["public"]) == ("Notes", True)
    assert caller.delete("/corpora/notes/").status_code == 204
    assert not Corpus.objects.exists()


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"slug": "no blanks"}, (400, "corpus_invalid")),
        ({"slug": "x" * 65}, (400, "corpus_invalid")),
        ({"slug": "\0"}, (400, "corpus_invalid")),
        ({"slug": "handbook"}, (409, "slug_taken")),
        ({"name": " "}, (400, "corpus_invalid")),
        ({"name": "a\u202eb"}, (400, "corpus_invalid")),
        ({"language": "tlh"}, (400, "corpus_invalid")),
        ({"public": "perhaps"}, (400, "invalid")),
        ({"slug": None}, (400, "invalid")),
    ],
)
def test_a_corpus_that_cannot_be_is_refused(
    calling: Calling, owner: User, corpus: Corpus, change: dict[str, Any], refusal: tuple[int, str]
) -> None:
    body = {"slug": "notes", "name": "Notes", "language": "en", "public": False, **change}
    assert code_of(calling(owner).post("/corpora/", **body)) == refusal
    assert Corpus.objects.count() == 1


def test_a_person_has_only_so_many_corpora(
    calling: Calling, owner: User, corpus: Corpus, settings: Settings
) -> None:
    settings.CORPORA_PER_PERSON = 1
    more = calling(owner).post("/corpora/", slug="notes", name="Notes", language="en", public=False)
    assert code_of(more) == (409, "too_many_corpora")
    assert Corpus.objects.count() == 1


def test_what_is_of_others_does_not_exist_for_a_stranger(
    calling: Calling, stranger: User, owner: User, corpus: Corpus
) -> None:
    chunk = make_document(corpus, CANARY)
    caller, document = calling(stranger), f"{DOCUMENTS}{chunk.document_id}/"
    for answer in (
        caller.get(HERE),
        caller.patch(HERE, name="Mine"),
        caller.delete(HERE),
        caller.get(DOCUMENTS),
        caller.post(DOCUMENTS, external_id="a", text="b"),
        caller.get(document),
        caller.delete(document),
        caller.post(f"{document}retry/"),
        caller.get(f"{HERE}search/", q=CANARY),
        caller.put(f"{HERE}readers/{stranger.username}/"),
        caller.get("/corpora/%00/"),
    ):
        assert code_of(answer) == (404, "corpus_not_found")
    assert CANARY not in str(caller.get("/corpora/").content)
    own = make_corpus(stranger, "own")
    assert code_of(caller.get(f"/corpora/{own.slug}/documents/{chunk.document_id}/")) == (
        404, "document_not_found",
    )  # fmt: skip
    assert caller.delete(f"/corpora/{own.slug}/documents/{chunk.document_id}/").status_code == 404
    assert Document.objects.filter(pk=chunk.document_id).exists()


def test_a_reader_reads_and_writes_nothing(
    calling: Calling, reader: User, owner: User, corpus: Corpus
) -> None:
    chunk = make_document(corpus, "It lasts two days.")
    caller, document = calling(reader), f"{DOCUMENTS}{chunk.document_id}/"
    assert caller.get(HERE).json()["own"] is False
    assert caller.get(document).json()["state"] == "ready"
    for answer in (
        caller.patch(HERE, public=True),
        caller.delete(HERE),
        caller.post(DOCUMENTS, external_id="a", text="b"),
        caller.delete(document),
        caller.post(f"{document}retry/"),
        caller.put(f"{HERE}readers/{owner.username}/"),
        caller.delete(f"{HERE}readers/{reader.username}/"),
    ):
        assert code_of(answer) == (403, "corpus_not_yours")
    assert (Document.objects.count(), Readership.objects.count()) == (1, 1)


def test_readers_come_and_go(calling: Calling, owner: User, stranger: User, corpus: Corpus) -> None:
    caller, theirs = calling(owner), f"{HERE}readers/{stranger.username}/"
    assert caller.put(theirs).status_code == 204
    assert calling(stranger).get(HERE).status_code == 200
    assert caller.delete(theirs).status_code == 204
    assert calling(stranger).get(HERE).status_code == 404
    assert code_of(caller.put(f"{HERE}readers/nobody-of-that-name/")) == (404, "reader_not_found")


def test_without_an_account_nothing_is_there(nobody: APIClient, corpus: Corpus) -> None:
    for path in ("/corpora/", HERE, DOCUMENTS, f"{HERE}search/?q=a"):
        assert nobody.get(f"{API}{path}").status_code == 401


def test_two_tenants_find_nothing_of_each_other(
    calling: Calling, owner: User, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    make_document(corpus, f"{CANARY} of the one", embedder=hashing)
    other = make_person("other")
    make_document(make_corpus(other, "theirs"), f"{CANARY} of the other", embedder=hashing)
    found = calling(other).get("/corpora/theirs/search/", q=CANARY, k=50).json()["results"]
    assert [one["text"] for one in found] == [f"{CANARY} of the other"]
    assert [one["slug"] for one in calling(other).get("/corpora/").json()["results"]] == ["theirs"]
