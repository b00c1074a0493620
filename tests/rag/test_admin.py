"""The admin of corpora, documents and chunks: what staff can do there without knowing the code."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import User
from rag.models import Chunk, Corpus, Document
from rag.services.indexing import index_next
from rag.tasks import reembed_corpus
from rag.types import DocumentState
from tests.factories.documents import make_document
from tests.factories.people import make_person
from tests.rag.hashing import HashingEmbedder

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("documents_root", "hashing")]
NO_READERS = {"readerships-TOTAL_FORMS": 0, "readerships-INITIAL_FORMS": 0}


@pytest.fixture
def admin(client: Client, db: None) -> Client:
    """The browser of staff."""
    staff = make_person("keeper", language="en", is_staff=True, is_superuser=True)
    client.force_login(staff)
    return client


def page(model: str, kind: str = "changelist", *arguments: object) -> str:
    """The address of a page of the admin."""
    return reverse(f"admin:rag_{model}_{kind}", args=arguments)


def corpus_form(owner: User, **changes: object) -> dict[str, object]:
    """The form of a corpus."""
    given = {"name": "Handbook", "slug": "handbook", "owner": owner.pk, "language": "en"}
    return {
        **given,
        "chunk_tokens": 120,
        "overlap_tokens": 20,
        "embedder": "",
        **NO_READERS,
        **changes,
    }


def said(answer: Any) -> str:
    """The page, as text."""
    return str(answer.content.decode())


def told(answer: Any) -> str:
    """What the page that follows tells of what was done."""
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_corpus_is_made_with_its_first_files(admin: Client, owner: User) -> None:
    files = [
        SimpleUploadedFile("battery.md", b"# Battery\n\nIt lasts two days."),
        SimpleUploadedFile("virus.exe", b"MZ"),
    ]
    answer = admin.post(page("corpus", "add"), corpus_form(owner, uploads=files), follow=True)
    assert "1 file was taken in." in told(answer)
    assert "virus.exe: This kind of file cannot be read." in told(answer)
    while index_next():
        pass
    document = Document.objects.get()
    assert (document.title, document.corpus.owner) == ("Battery", owner)
    shown = said(admin.get(page("document", "change", document.pk)))
    assert "It lasts two days." in shown


def test_lists_and_rows_have_pages_that_lead_to_each_other(admin: Client, corpus: Corpus) -> None:
    chunk = make_document(corpus, "It lasts two days.")
    rows = {"corpus": corpus.pk, "document": chunk.document_id, "chunk": chunk.pk}
    for name, key in rows.items():
        assert admin.get(page(name)).status_code == 200
        assert admin.get(page(name, "change", key)).status_code == 200
    listed = said(admin.get(page("corpus")))
    assert f"{page('chunk')}?corpus__id__exact={corpus.pk}" in listed
    ready = f"{page('document')}?corpus__id__exact={corpus.pk}&state__exact=ready"
    assert ready.replace("&", "&amp;") in listed
    assert admin.get(ready).status_code == 200
    pending = f"{page('document')}?corpus__id__exact={corpus.pk}&state__in=queued,reading"
    assert admin.get(pending).status_code == 200


def test_the_admin_is_closed_to_others(client: Client, owner: User, corpus: Corpus) -> None:
    client.force_login(owner)
    for name in ("corpus", "document", "chunk"):
        assert client.get(page(name)).status_code in (302, 403)


def test_the_short_name_of_a_corpus_stays(admin: Client, corpus: Corpus, owner: User) -> None:
    """Another one would not be kept from others when the corpus goes."""
    form = corpus_form(owner, slug="other", name="Other")
    admin.post(page("corpus", "change", corpus.pk), form)
    corpus.refresh_from_db()
    assert (corpus.name, corpus.slug) == ("Other", "handbook")


def test_what_failed_is_tried_again_at_a_press(
    admin: Client, corpus: Corpus, documents_root: Path
) -> None:
    make_document(corpus, "It lasts two days.")
    Document.objects.update(state=DocumentState.FAILED, code="no_text")
    document = Document.objects.get()
    assert "No text was found." in said(admin.get(page("document", "change", document.pk)))
    form = {"action": "retry_now", "_selected_action": [corpus.pk]}
    answer = admin.post(page("corpus"), form, follow=True)
    assert "The documents wait to be indexed again." in told(answer)
    document.refresh_from_db()
    assert (document.state, document.code) == (DocumentState.QUEUED, "")


def test_a_corpus_of_another_model_is_marked_until_it_is_embedded_anew(
    admin: Client, corpus: Corpus, hashing: HashingEmbedder, settings: Settings
) -> None:
    settings.EMBEDDER = "hashing"
    make_document(corpus, "It lasts two days.")
    Corpus.objects.update(serving="former@1")
    Chunk.objects.update(fingerprint="former@1")
    assert "Of another model: embed anew." in said(admin.get(page("corpus")))
    reembed_corpus(corpus.slug)
    assert "Of another model: embed anew." not in said(admin.get(page("corpus")))
    assert Chunk.objects.get().fingerprint == hashing.fingerprint


def test_a_deletion_takes_chunks_and_files_with_it(
    admin: Client, owner: User, documents_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    file = SimpleUploadedFile("battery.md", b"# Battery\n\nIt lasts two days.")
    admin.post(page("corpus", "add"), corpus_form(owner, uploads=[file]))
    corpus = Corpus.objects.get()
    assert "Battery" not in said(admin.get(page("corpus", "delete", corpus.pk)))
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(page("corpus", "delete", corpus.pk), {"post": "yes"})
    assert not Document.objects.exists()
    assert not any(path.is_file() for path in documents_root.rglob("*"))
