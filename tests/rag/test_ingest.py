"""Documents on their way in: indexed, changed, and taken up after a death."""

import pytest
from django.utils import timezone

from accounts.models import User
from rag.errors import WorkerLostError
from rag.keywords import keywords_of
from rag.models import Chunk, Corpus, Document, DraftChunk
from rag.services.corpora import create_corpus
from rag.services.documents import retry_document
from rag.services.indexing import index_next
from rag.services.upkeep import MAX_TRIES, call_for_waiting, resume_abandoned
from rag.services.work import LEASE, SupersededError, claim_next
from rag.types import DocumentState
from tests.rag.adding import add, found, index_all
from tests.rag.hashing import HashingEmbedder

pytestmark = pytest.mark.usefixtures("documents_root")
LONG = " ".join(f"Sentence number {number} tells of one more thing." for number in range(400))


def test_a_text_becomes_chunks_that_lie_exactly_in_it(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    document = add(corpus, LONG, title="Things")
    assert document.state == DocumentState.QUEUED
    index_all()
    document.refresh_from_db()
    assert (document.state, document.text, document.title) == (DocumentState.READY, LONG, "Things")
    chunks = list(document.chunks.order_by("number"))
    assert [chunk.number for chunk in chunks] == list(range(document.total))
    assert document.done == document.total == len(chunks) > 32
    for chunk in chunks:
        assert LONG[chunk.start : chunk.end] == chunk.text
        assert chunk.tokens == hashing.count_tokens(chunk.text) <= corpus.chunk_tokens
        assert (chunk.fingerprint, len(chunk.embedding)) == (hashing.fingerprint, 384)
    assert hashing.texts[0].startswith("Things\nSentence number 0")
    assert not DraftChunk.objects.exists()


def test_keywords_of_a_chunk_are_those_that_queries_have(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    add(corpus, "# 電池\n\n可用兩天。", title="手冊 Pro")
    index_all()
    stored = Chunk.objects.extra(select={"lexemes": "tsvector_to_array(keywords)"}).get()
    assert set(stored.lexemes) == set(keywords_of("手冊 Pro 電池 可用兩天"))  # type: ignore[attr-defined]


def test_the_same_again_is_no_work_and_another_content_replaces(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    add(corpus)
    index_all()
    assert add(corpus).state == DocumentState.READY
    assert len(hashing.texts) == 1
    changed = add(corpus, "It lasts three days.")
    assert (changed.state, changed.version) == (DocumentState.QUEUED, 3)
    assert found(corpus) == ["It lasts two days."]  # until the new one is whole
    index_all()
    assert found(corpus) == ["It lasts three days."]


def test_a_ready_text_can_be_indexed_anew(corpus: Corpus, hashing: HashingEmbedder) -> None:
    document = add(corpus)
    for _ in range(2):
        index_all()
        document.refresh_from_db()
        assert (document.state, document.done) == (DocumentState.READY, 1)
        retry_document(document=document)
    assert len(hashing.texts) == 2


def test_other_sizes_divide_a_document_anew(corpus: Corpus, hashing: HashingEmbedder) -> None:
    add(corpus, LONG)
    index_all()
    before = len(found(corpus))
    Corpus.objects.update(chunk_tokens=60)
    corpus.refresh_from_db()
    add(corpus, LONG)
    index_all()
    assert len(found(corpus)) > before


def test_whoever_goes_on_after_a_death_embeds_only_what_is_missing(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    document = add(corpus, LONG)
    batches = iter([None, KeyboardInterrupt])

    def die_in_the_second_batch() -> None:
        if (death := next(batches, None)) is not None:
            raise death

    hashing.on_batch = die_in_the_second_batch
    with pytest.raises(KeyboardInterrupt):
        index_next()
    document.refresh_from_db()
    assert (document.state, document.done) == (DocumentState.EMBEDDING, 32)
    assert found(corpus) == []
    assert not index_next()  # it is still somebody's
    _long_ago(document)
    resume_abandoned()
    index_all()
    document.refresh_from_db()
    assert document.state == DocumentState.READY
    assert len(hashing.texts) == len(set(hashing.texts)) == document.total


def test_a_worker_that_was_thought_dead_writes_nothing(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    document = add(corpus)
    slow = claim_next()
    assert slow is not None
    assert claim_next() is None
    _long_ago(document)
    resume_abandoned()
    index_all()
    with pytest.raises(SupersededError):
        slow.note(done=0)
    assert found(corpus) == ["It lasts two days."]


def test_a_change_or_a_deletion_stops_the_work_on_what_was(
    corpus: Corpus, hashing: HashingEmbedder
) -> None:
    document = add(corpus)
    hashing.on_batch = lambda: None if hashing.texts else _add_in_between(corpus)
    index_all()
    assert found(corpus) == ["It lasts three days."]
    hashing.on_batch = lambda: Document.objects.all().delete() and None
    add(corpus, "It lasts four days.")
    index_all()
    assert not Document.objects.filter(pk=document.pk).exists()
    assert found(corpus) == []


def test_a_large_corpus_does_not_stop_a_small_one(corpus: Corpus, owner: User) -> None:
    for number in range(3):
        add(corpus, name=str(number))
    small = create_corpus(owner=owner, slug="small", name="Small")
    add(small)
    claimed = [work.document.corpus for _ in range(3) if (work := claim_next())]
    assert claimed == [corpus, small, corpus]


def test_whoever_hands_in_much_stops_nobody_else(
    corpus: Corpus, owner: User, stranger: User
) -> None:
    small = create_corpus(owner=stranger, slug="small", name="Small")
    flood = [create_corpus(owner=owner, slug=f"flood-{n}", name="Flood") for n in range(4)]
    for number in range(12):
        for each in (corpus, *flood):
            add(each, name=str(number))
    add(small)
    owners = [work.document.corpus.owner for _ in range(2) if (work := claim_next())]
    assert set(owners) == {owner, stranger}  # two workers
    Document.objects.update(state=DocumentState.QUEUED)
    for _ in range(60):  # one worker, and lots that miss the small one once in 2^60 runs
        work = claim_next()
        assert work
        if work.document.corpus == small:
            return
        work.note(state=DocumentState.READY)
    raise AssertionError


def test_a_document_that_ends_its_workers_fails_after_three(corpus: Corpus) -> None:
    document = add(corpus)
    for _ in range(MAX_TRIES):
        assert claim_next()
        _long_ago(document)
        resume_abandoned()
    document.refresh_from_db()
    assert (document.state, document.code) == (DocumentState.FAILED, WorkerLostError.code)


@pytest.mark.django_db(transaction=True)
def test_what_the_broker_lost_is_called_for_again(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells: list[str] = []
    monkeypatch.setattr("echomind.common.enqueue._hand_over", lambda task, *_: bells.append(task))
    add(corpus)
    call_for_waiting()
    assert bells == ["rag.index_documents"] * 2
    claim_next()
    call_for_waiting()
    assert len(bells) == 2


def test_without_its_embedder_a_document_waits_for_another_try_and_nothing_is_found(
    corpus: Corpus,
) -> None:
    Corpus.objects.update(embedder="none_of_that_name")
    document = add(corpus)
    index_all()
    document.refresh_from_db()
    assert (document.state, document.code) == (DocumentState.FAILED, "embedder_missing")
    assert found(corpus) == []


def _add_in_between(corpus: Corpus) -> None:
    add(corpus, "It lasts three days.")


def _long_ago(document: Document) -> None:
    """As if its worker had been silent for longer than it may."""
    Document.objects.filter(pk=document.pk).update(seen_at=timezone.now() - 2 * LEASE)
