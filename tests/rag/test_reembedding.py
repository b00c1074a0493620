"""A corpus changes its embedder: what it has goes on being found until all of the new is there."""

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from rag.api import add_document, find_passages
from rag.embedding import registry
from rag.embedding.base import Embedder, TokenVectors
from rag.embedding.token_vectors import packed, unpacked
from rag.errors import EmbedderMissingError
from rag.models import Chunk, Corpus, FreshVector
from rag.selectors.embedders import is_stale
from rag.services.indexing import index_next
from rag.services.reembedding import reembed
from rag.types import Description
from tests.rag.hashing import HashingEmbedder


class OtherEmbedder(HashingEmbedder):
    """Another model, whose vectors have another dimension."""

    fingerprint = "other@1"
    dimension = 64


def add(corpus: Corpus, name: str, text: str) -> None:
    add_document(corpus=corpus, description=Description(external_id=name), text=text)
    while index_next():
        pass


def fingerprints(corpus: Corpus) -> set[str]:
    return set(corpus.chunks.values_list("fingerprint", flat=True))


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> dict[str, Embedder]:
    """The embedders at hand, by name."""
    at_hand: dict[str, Embedder] = {"hashing": HashingEmbedder(), "other": OtherEmbedder()}

    def load(name: str) -> Embedder:
        if name not in at_hand:
            raise EmbedderMissingError
        return at_hand[name]

    monkeypatch.setattr(registry, "_load", load)
    return at_hand


@pytest.fixture
def changed(corpus: Corpus, models: dict[str, Embedder]) -> Corpus:
    """A corpus of three documents that was indexed by one model and is set to another."""
    Corpus.objects.filter(pk=corpus.pk).update(embedder="hashing")
    corpus.refresh_from_db()
    for name in ("battery", "camera", "colours"):
        add(corpus, name, f"Something about the {name}. " * 40)
    Corpus.objects.filter(pk=corpus.pk).update(embedder="other")
    corpus.refresh_from_db()
    return corpus


def test_a_changed_setting_marks_a_corpus_stale_and_changes_nothing_else(
    changed: Corpus, owner: User
) -> None:
    assert is_stale(changed)
    outcome = find_passages("battery", corpora=[changed.pk], user_ids=[owner.pk])
    assert outcome.passages[0].external_id == "battery"
    add(changed, "lens", "Something about the lens.")
    assert fingerprints(changed) == {"hashing@1"}


def test_the_old_vectors_are_searched_until_all_new_ones_are_there(
    changed: Corpus, owner: User, models: dict[str, Embedder]
) -> None:
    chunks = changed.chunks.count()

    def look(done: int, total: int) -> None:
        outcome = find_passages("battery", corpora=[changed.pk], user_ids=[owner.pk])
        assert outcome.passages[0].external_id == "battery"
        assert fingerprints(changed) == {"hashing@1"}
        assert (done, total) == (chunks, chunks)

    assert reembed(changed, look) == chunks
    changed.refresh_from_db()
    assert fingerprints(changed) == {"other@1"}
    assert not is_stale(changed)
    assert not FreshVector.objects.exists()
    del models["hashing"]  # nothing needs it any more
    outcome = find_passages("battery", corpora=[changed.pk], user_ids=[owner.pk])
    assert outcome.passages[0].external_id == "battery"
    assert reembed(changed, look) == 0


def test_a_run_that_died_is_gone_on_from(
    changed: Corpus, models: dict[str, Embedder], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die() -> None:
        if FreshVector.objects.exists():
            raise KeyboardInterrupt

    other = models["other"]
    assert isinstance(other, OtherEmbedder)
    other.on_batch = die
    with pytest.raises(KeyboardInterrupt):
        reembed(changed, _ignore)
    waiting = FreshVector.objects.count()
    assert 0 < waiting < changed.chunks.count()
    other.on_batch = lambda: None
    assert reembed(changed, _ignore) == changed.chunks.count() - waiting
    assert fingerprints(changed) == {"other@1"}


def test_a_deleted_document_takes_its_waiting_vectors_along(changed: Corpus) -> None:
    chunk = Chunk.objects.filter(document__external_id="camera").first()
    assert chunk is not None
    FreshVector.objects.create(
        chunk=chunk, fingerprint="other@1", embedding=np.ones(64), token_vectors=b""
    )
    changed.documents.get(external_id="camera").delete()
    assert not FreshVector.objects.exists()


def test_a_missing_model_leaves_everything_as_it_was(
    changed: Corpus, models: dict[str, Embedder]
) -> None:
    del models["other"]
    with pytest.raises(CommandError):
        call_command("reembed", changed.slug)
    with pytest.raises(CommandError):
        call_command("reembed", "no-such-corpus")
    assert fingerprints(changed) == {"hashing@1"}


def test_token_vectors_are_packed_into_a_sixteenth_and_keep_their_order() -> None:
    random = np.random.default_rng(7)
    near = random.normal(size=384) + random.normal(size=(120, 384)) * 0.6
    vectors = (near / np.linalg.norm(near, axis=1, keepdims=True)).astype(np.float32)
    tokens = TokenVectors(np.arange(120) + 70_000, vectors)
    kept = packed(tokens)
    assert len(kept) < vectors.nbytes / 13
    again = unpacked(kept)
    assert again.ids.tolist() == tokens.ids.tolist()
    cosines = (again.vectors * vectors).sum(axis=1) / np.linalg.norm(again.vectors, axis=1)
    assert cosines.min() > 0.95
    # Each token is still nearest to itself.
    assert (vectors @ again.vectors.T).argmax(axis=1).tolist() == list(range(120))
    empty = TokenVectors(np.empty(0, np.int64), np.empty((0, 384), np.float32))
    assert unpacked(packed(empty)).vectors.shape[0] == 0


def _ignore(done: int, total: int) -> None:
    """Nobody looks at the progress."""
