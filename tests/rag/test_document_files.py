"""Documents that come as files: kept, read, followed, and refused."""

import io
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from rag.errors import CorpusFullError, DocumentInvalidError, DocumentTooLargeError
from rag.models import Corpus, Document
from rag.selectors.corpora import count_documents
from rag.services.capacity import require_capacity
from rag.services.documents import add_document, add_file, delete_document, retry_document
from rag.store import path_of
from rag.types import Description, DocumentState
from tests.rag.adding import add_bytes, found, index_all
from tests.rag.files import pdf_with
from tests.rag.hashing import HashingEmbedder

pytestmark = pytest.mark.usefixtures("documents_root")


def test_a_title_is_the_given_one_or_follows_the_file(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    for heading in ("Battery", "Camera"):
        document = add_bytes(corpus, "a.md", f"# {heading}\n\nTwo.".encode())
        index_all()
        document.refresh_from_db()
        assert document.title == heading
    said = Description("b.md", title="Guide")
    file = io.BytesIO(b"# Battery\n\nTwo.")
    named = add_file(corpus=corpus, description=said, file=file, file_name="b.md")
    index_all()
    named.refresh_from_db()
    assert named.title == "Guide"


def test_a_file_is_kept_under_its_content_and_goes_with_its_document(
    corpus: Corpus, hashing: HashingEmbedder, documents_root: Path
) -> None:
    document = add_bytes(corpus, "../../etc/電池.pdf", pdf_with("可用兩天。"))
    assert document.file_name == "電池.pdf"
    index_all()
    assert found(corpus) == ["可用兩天。"]
    kept = [path for path in documents_root.rglob("*") if path.is_file()]
    assert kept == [path_of(document.sha256)]


@pytest.mark.django_db(transaction=True)
def test_a_deleted_document_leaves_no_chunk_and_no_file(
    corpus: Corpus, hashing: HashingEmbedder, documents_root: Path
) -> None:
    document = add_bytes(corpus, "a.md", b"# A\n\nIt lasts two days.")
    index_all()
    delete_document(document=document)
    assert found(corpus) == []
    assert not any(path.is_file() for path in documents_root.rglob("*"))


def test_entries_of_a_file_are_documents_and_follow_it(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    first = b'{"id": "x", "title": "T", "text": "X"}\n'
    rest = b'{"text": "Y", "source": "a\\u0000b"}\n{broken\n{"id": "z", "text": "\\u200b"}\n'
    file = add_bytes(corpus, "all.jsonl", first + rest)
    index_all()
    file.refresh_from_db()
    assert [entry.external_id for entry in file.entries.order_by("pk")] == ["x", "all.jsonl#2"]
    codes = [(note["code"], note["detail"]) for note in file.notes]
    assert codes == [("broken_lines", "3"), ("refused_entries", "z")]
    assert count_documents(corpus).ready == 2
    add_bytes(corpus, "all.jsonl", first)
    index_all()
    assert found(corpus) == ["X"]
    assert len(hashing.texts) == 2  # what had not changed was not embedded again


def test_a_document_that_fails_says_why_and_can_be_tried_again(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    document = add_bytes(corpus, "scan.pdf", pdf_with(""))
    index_all()
    document.refresh_from_db()
    assert (document.state, document.code) == (DocumentState.FAILED, "no_text")
    assert count_documents(corpus).failed == 1
    retry_document(document=document)
    document.refresh_from_db()
    assert (document.state, document.code) == (DocumentState.QUEUED, "")


def test_what_cannot_be_taken_is_refused_at_once(corpus: Corpus, settings: object) -> None:
    for description, text in (
        (Description(""), "x"),
        (Description("a" * 513), "x"),
        (Description("a\u202eb"), "x"),
        (Description("a"), " \n"),
        (Description("a"), "a\0b"),
    ):
        with pytest.raises(DocumentInvalidError):
            add_document(corpus=corpus, description=description, text=text)
    settings.DOCUMENT_MAX_MB = 1  # type: ignore[attr-defined]
    with pytest.raises(DocumentTooLargeError):
        add_bytes(corpus, "a.txt", b"x" * 1_000_001)
    assert not Document.objects.exists()


def test_the_name_of_an_entry_that_is_refused_is_told_as_far_as_it_can_be_shown(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    file = add_bytes(corpus, "a.jsonl", b'{"id": "a\\u0000%s", "text": "X"}' % (b"b" * 100_000))
    index_all()
    file.refresh_from_db()
    (note,) = file.notes
    assert (file.state, note["code"]) == (DocumentState.READY, "refused_entries")
    assert note["detail"] == "a" + "b" * 511


def test_more_documents_than_a_corpus_may_have_are_not_even_looked_for(
    corpus: Corpus, settings: Settings, django_assert_num_queries: Any
) -> None:
    settings.CORPUS_MAX_DOCUMENTS = 2
    with django_assert_num_queries(0), pytest.raises(CorpusFullError):
        require_capacity(corpus, ["a", "b", "c"], 3)
