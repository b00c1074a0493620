"""Documents over HTTP: handed in, indexed, found, tried again, deleted, and refused in words."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings
from rest_framework.response import Response
from rest_framework.test import APIClient

from accounts.models import User
from rag.models import Chunk, Corpus, Document
from tests.rag.hashing import HashingEmbedder
from tests.rest.conftest import API, Caller, Calling
from tests.rest.knowledge import DOCUMENTS, HERE, code_of, index_all

pytestmark = pytest.mark.django_db
Handing = Callable[..., Response]


@pytest.fixture
def upload(owner: User, documents_root: object) -> Handing:
    """Hands a file in as a form."""
    client = APIClient()
    client.force_authenticate(owner)

    def hand_in(name: str, data: bytes, **fields: str) -> Response:
        body = {"file": SimpleUploadedFile(name, data), **fields}
        return client.post(f"{API}{DOCUMENTS}", body, format="multipart")

    return hand_in


def test_a_text_is_taken_indexed_found_and_gone_when_deleted(
    calling: Calling, owner: User, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    caller = calling(owner)
    taken = caller.post(
        DOCUMENTS, external_id="battery", title="Battery", text="It lasts two days."
    )
    assert (taken.status_code, taken.json()["state"]) == (202, "queued")
    assert caller.get(HERE).json()["documents"] == {"ready": 0, "pending": 1, "failed": 0}
    index_all()
    address = f"{DOCUMENTS}{taken.json()['id']}/"
    assert caller.get(address).json() | {
        "state": "ready",
        "done": 1,
        "total": 1,
        "error": None,
    } == (caller.get(address).json())
    found = caller.get(f"{HERE}search/", q="how long does it last", k=3).json()
    (passage,) = found["results"]
    assert passage["external_id"] == "battery"
    assert passage["document"] == taken.json()["id"]
    assert "It lasts two days."[passage["start"] : passage["end"]] == passage["text"]
    assert found["took_ms"] > 0
    assert caller.delete(address).status_code == 204
    assert not Chunk.objects.exists()
    assert caller.get(f"{HERE}search/", q="how long does it last").json()["results"] == []
    assert code_of(caller.get(address)) == (404, "document_not_found")


def test_a_list_is_taken_whole_or_not_at_all(
    calling: Calling, owner: User, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    caller = calling(owner)
    texts = [{"external_id": f"n{number}", "text": f"Sentence {number}."} for number in range(3)]
    taken = _post_list(caller, texts)
    assert taken.status_code == 202
    assert [one["external_id"] for one in taken.json()["results"]] == ["n0", "n1", "n2"]
    index_all()
    assert caller.get(HERE).json()["documents"] == {"ready": 3, "pending": 0, "failed": 0}
    broken = _post_list(
        caller, [{"external_id": "n3", "text": "x"}, {"external_id": "", "text": "y"}]
    )
    assert code_of(broken) == (400, "document_invalid")
    assert "[1].external_id" in broken.json()["message"]
    unusable = _post_list(caller, [{"external_id": "n3\0", "text": "x"}])
    assert code_of(unusable) == (400, "document_invalid")
    assert code_of(_post_list(caller, [{}] * 1001)) == (413, "too_many_documents")
    assert code_of(_post_list(caller, [texts[0], "x"])) == (400, "invalid")
    assert Document.objects.count() == 3


def test_a_file_is_taken_under_its_name_without_its_path(
    upload: Handing, calling: Calling, owner: User, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    taken = upload("../../電池.md", "# 電池\n\n可用兩天。".encode(), source="https://example.com")
    assert taken.status_code == 202, taken.json()
    assert taken.json()["external_id"] == "電池.md"
    index_all()
    shown = calling(owner).get(DOCUMENTS).json()["results"]
    assert [(one["title"], one["state"]) for one in shown] == [("電池", "ready")]


@pytest.mark.parametrize("name", ["scan.exe", "noname", ".pdf.zip"])
def test_a_file_of_no_known_kind_is_refused(upload: Handing, corpus: Corpus, name: str) -> None:
    assert code_of(upload(name, b"x")) == (415, "format_unknown")
    assert not Document.objects.exists()


def test_an_empty_file_fails_in_words_and_is_tried_again(
    upload: Handing, calling: Calling, owner: User, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    address = f"{DOCUMENTS}{upload('empty.txt', b'').json()['id']}/"
    index_all()
    caller = calling(owner)
    failed = caller.get(address).json()
    assert (failed["state"], failed["error"]["code"]) == ("failed", "no_text")
    assert failed["error"]["sentence"]
    assert caller.get(HERE).json()["documents"]["failed"] == 1
    again = caller.post(f"{address}retry/")
    assert (again.status_code, again.json()["state"]) == (202, "queued")


def test_what_is_too_large_is_refused_before_it_is_kept(
    upload: Handing, calling: Calling, owner: User, corpus: Corpus, settings: Settings
) -> None:
    settings.DOCUMENT_MAX_MB = 1
    assert code_of(upload("a.txt", b"x" * 1_000_001)) == (413, "document_too_large")
    long = calling(owner).post(DOCUMENTS, external_id="a", text="x" * 5_000_001)
    assert code_of(long) == (400, "text_too_long")
    huge = calling(owner).post_raw(DOCUMENTS, b" " * (16 * 1024 * 1024 + 1))
    assert code_of(huge) == (413, "body_too_large")
    fields = upload("a.txt", b"x", title="y" * 3_000_000)
    assert code_of(fields) == (413, "body_too_large")
    assert not Document.objects.exists()


def test_a_full_corpus_takes_nothing_more_and_says_so(
    upload: Handing,
    calling: Calling,
    owner: User,
    corpus: Corpus,
    hashing: HashingEmbedder,
    settings: Settings,
) -> None:
    settings.CORPUS_MAX_DOCUMENTS, settings.CORPUS_MAX_CHARACTERS = 2, 30
    caller = calling(owner)
    texts = [{"external_id": name, "text": "It lasts two days."} for name in ("a", "b", "c")]
    assert code_of(_post_list(caller, texts[:2])) == (409, "corpus_full")  # too long together
    assert code_of(_post_list(caller, [one | {"text": "x"} for one in texts])) == (
        409,
        "corpus_full",
    )
    assert not Document.objects.exists()
    assert _post_list(caller, texts[:1]).status_code == 202
    assert _post_list(caller, texts[:1]).status_code == 202  # in the place of itself
    assert upload("long.txt", b"It lasts two days.").status_code == 202
    assert code_of(upload("more.txt", b"x")) == (409, "corpus_full")
    index_all()
    states = {one["external_id"]: one for one in caller.get(DOCUMENTS).json()["results"]}
    assert states["a"]["state"] == "ready"
    assert states["long.txt"]["error"]["code"] == "corpus_full"  # known when it was read
    assert upload("long.txt", b"Two days.").status_code == 202
    index_all()
    assert caller.get(HERE).json()["documents"] == {"ready": 2, "pending": 0, "failed": 0}


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "invalid"),
        ({"q": " "}, "query_invalid"),
        ({"q": "x" * 100_000}, "query_invalid"),
        ({"q": "x", "k": 0}, "invalid"),
        ({"q": "x", "k": 51}, "invalid"),
        ({"q": "x", "k": "many"}, "invalid"),
    ],
)
def test_a_query_that_nobody_asks_is_refused(
    calling: Calling, owner: User, corpus: Corpus, query: dict[str, object], code: str
) -> None:
    assert code_of(calling(owner).get(f"{HERE}search/", **query)) == (400, code)


def test_a_missing_embedder_is_told_in_words(calling: Calling, owner: User, corpus: Corpus) -> None:
    Corpus.objects.update(embedder="none_of_that_name")
    refused = calling(owner).get(f"{HERE}search/", q="x")
    assert code_of(refused) == (503, "embedder_missing")
    assert refused.headers["Retry-After"]


def _post_list(caller: Caller, texts: list[Any]) -> Response:
    return caller.post_raw(DOCUMENTS, msgspec.json.encode(texts))
