"""The knowledge pages: what owners, readers, strangers and staff see and can do there."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from rag.models import Corpus, Document, Readership
from rag.services.corpora import create_corpus
from rag.services.indexing import index_next
from tests.factories.documents import make_document
from tests.factories.people import make_person
from tests.rag.hashing import HashingEmbedder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents_root", "hashing")]
HERE = "/knowledge/handbook/"


def text_of(client: Client, path: str) -> str:
    """A page that opens."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_an_owner_makes_a_corpus_fills_it_and_shares_it(
    client: Client, owner: User, stranger: User
) -> None:
    client.force_login(owner)
    form = {"name": "Handbook", "slug": "handbook", "language": "en"}
    assert client.post("/knowledge/", form).headers["Location"] == HERE
    assert client.post("/knowledge/", form).status_code == 200  # the name is taken, and it says so
    file = SimpleUploadedFile("battery.md", b"# Battery\n\nIt lasts two days.")
    client.post(f"{HERE}upload/", {"file": file})
    assert "data-pending" in text_of(client, f"{HERE}documents/")
    while index_next():
        pass
    shown = text_of(client, f"{HERE}documents/")
    assert "data-pending" not in shown
    document = Document.objects.get()
    assert f'href="/documents/{document.pk}/"' in shown
    assert "It lasts two days." in text_of(client, f"/documents/{document.pk}/")
    client.post(f"{HERE}readers/", {"username": f"@{stranger.username}"})
    assert Readership.objects.get().user == stranger
    client.post(f"{HERE}readers/", {"username": stranger.username, "do": "remove"})
    assert not Readership.objects.exists()
    client.post(f"{HERE}documents/{document.pk}/retry/")
    document.refresh_from_db()
    assert document.state == "queued"
    client.post(f"{HERE}documents/{document.pk}/delete/")
    assert not Document.objects.exists()
    client.post(f"{HERE}delete/")
    assert not Corpus.objects.exists()


def test_a_reader_reads_and_finds_nothing_to_press(
    client: Client, reader: User, corpus: Corpus
) -> None:
    chunk = make_document(corpus, "It lasts two days.", before="Well. ")
    Readership.objects.create(corpus=corpus, user=reader)
    client.force_login(reader)
    assert 'id="upload"' not in text_of(client, HERE)
    assert '<mark id="passage" tabindex="-1">It lasts two days.</mark>' in text_of(
        client, f"/passages/{chunk.pk}/"
    )
    for path in (
        "change/",
        "delete/",
        "readers/",
        "upload/",
        f"documents/{chunk.document_id}/delete/",
    ):
        assert client.post(f"{HERE}{path}").status_code == 403
    assert Document.objects.exists()


def test_for_a_stranger_nothing_is_there(client: Client, stranger: User, corpus: Corpus) -> None:
    chunk = make_document(corpus, "CANARY-5c1d")
    client.force_login(stranger)
    assert "handbook" not in text_of(client, "/knowledge/")
    for path in (
        HERE,
        f"{HERE}documents/",
        f"/documents/{chunk.document_id}/",
        f"/passages/{chunk.pk}/",
    ):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "CANARY-5c1d" not in answer.content.decode()
    for path in (
        "change/",
        "delete/",
        "readers/",
        "upload/",
        f"documents/{chunk.document_id}/retry/",
    ):
        assert client.post(f"{HERE}{path}").status_code == 404


def test_a_failure_is_told_in_words(client: Client, owner: User, corpus: Corpus) -> None:
    make_document(corpus, "x")
    Document.objects.update(state="failed", code="no_text")
    User.objects.update(language="en")
    client.force_login(owner)
    shown = text_of(client, HERE)
    assert "No text was found." in shown
    assert "1 failed" in shown


def test_the_list_can_be_narrowed_to_one_state(client: Client, owner: User, corpus: Corpus) -> None:
    make_document(corpus, "x", title="Whole")
    make_document(corpus, "x", title="Torn")
    Document.objects.filter(title="Torn").update(state="failed", code="document_broken")
    client.force_login(owner)
    shown = text_of(client, f"{HERE}documents/?state=failed")
    assert "Torn" in shown
    assert "Whole" not in shown


def test_staff_see_every_stage_of_a_search_and_open_what_it_found(
    client: Client, owner: User, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    chunk = make_document(corpus, "It lasts two days.", embedder=hashing)
    staff = make_person("keeper", language="en", is_staff=True)
    Readership.objects.create(corpus=corpus, user=staff)
    client.force_login(staff)
    shown = text_of(client, "/staff/playground/?q=two+days&corpus=handbook&k=3")
    for stage in ("dense", "keyword", "joined", "reranked"):
        assert f'id="stage-{stage}"' in shown
    assert shown.count(f'href="/passages/{chunk.pk}/#passage"') == 4
    none = text_of(client, "/staff/playground/?q=two+days&least=99")
    assert f"/passages/{chunk.pk}/" not in none
    client.force_login(owner)
    assert client.get("/staff/playground/").status_code == 404


def test_the_playground_finds_nothing_that_its_reader_may_not_read(
    client: Client, corpus: Corpus, hashing: HashingEmbedder
) -> None:
    make_document(corpus, "CANARY-5c1d", embedder=hashing)
    client.force_login(make_person("keeper", is_staff=True))
    for query in ("q=CANARY-5c1d", "q=CANARY-5c1d&corpus=handbook"):
        shown = text_of(client, f"/staff/playground/?{query}")
        assert "/passages/" not in shown


def test_corpora_of_others_never_take_the_place_of_ones_own(
    client: Client, owner: User, stranger: User, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.views.corpora.MOST_SHOWN", 1)
    for slug in ("loud", "louder"):
        create_corpus(owner=stranger, slug=slug, name="!", is_public=True)
    client.force_login(owner)
    shown = text_of(client, "/knowledge/")
    assert f'href="{HERE}"' in shown
    assert shown.count('href="/knowledge/loud') == 1
