"""What replies keep of documents: gone with them, and seen by nobody who may not read them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from chat.models import Reply, Room
from chat.selectors.passages import Kept, to_keep
from rag.api import delete_document
from rag.models import Chunk
from rag.services.corpora import delete_corpus
from rag.types import Passage
from tests.factories.documents import make_corpus, make_document
from tests.factories.replies import answer, ask

SYSTEM = {"role": "system", "content": "You are Sage. [1] is a passage."}
PROMPT = [
    SYSTEM,
    {"role": "user", "content": "[owner] why?\n[1] Kettle: The kettle holds 2 litres."},
]


@pytest.fixture
def lent(stranger: User, owner: User, member: User, reader: User) -> Chunk:
    """Of a corpus that everybody in the room may read, and that nobody there owns."""
    corpus = make_corpus(stranger, "lent", readers=(owner, member, reader))
    return make_document(corpus, "The kettle holds 2 litres.", title="Kettle")


@pytest.fixture
def asked(assistant: User, room: Room, owner: User) -> Reply:
    """A reply that waits."""
    return ask(room, owner, assistant)


def kept_of(chunk: Chunk) -> list[Kept]:
    """The chunk as a reply keeps what it read."""
    passage = Passage(
        chunk=chunk.pk,
        document=chunk.document_id,
        external_id=chunk.document.external_id,
        title=chunk.document.title,
        corpus=chunk.corpus_id,
        text=chunk.text,
        start=chunk.start,
        end=chunk.end,
        score=0.5,
        tokens=chunk.tokens,
    )
    return to_keep([passage], [])


def end_with(passages: list[Kept]) -> None:
    """End the waiting reply as one that read these passages."""
    answer("Two.", passages=passages, prompt=PROMPT, passport={"prompt_sha256": "0"})


@pytest.mark.parametrize(
    "delete",
    [
        lambda chunk: delete_document(document=chunk.document),
        lambda chunk: delete_corpus(corpus=chunk.corpus),
        lambda chunk: chunk.corpus.owner.delete(),
    ],
    ids=["document", "corpus", "owner"],
)
def test_the_words_of_a_document_go_with_it(
    asked: Reply,
    lent: Chunk,
    delete: Callable[[Chunk], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    end_with(kept_of(lent))
    with django_capture_on_commit_callbacks(execute=True):
        delete(lent)
    asked.refresh_from_db()
    assert "ettle" not in str(asked.passages)
    assert asked.prompt == [SYSTEM, {"role": "user", "content": "[owner] why?\n[1] (deleted)"}]


def test_a_reply_that_ends_after_its_document_was_deleted_keeps_none_of_it(
    asked: Reply, lent: Chunk
) -> None:
    passages = kept_of(lent)
    delete_document(document=lent.document)
    end_with(passages)
    asked.refresh_from_db()
    assert "ettle" not in f"{asked.passages}{asked.prompt}"


def test_staff_read_a_prompt_without_what_not_everybody_there_may_read(
    asked: Reply, lent: Chunk, owner: User
) -> None:
    end_with(kept_of(lent))
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    client = Client()
    client.force_login(owner)
    address = f"/replies/{asked.pk}/passport/"
    assert "The kettle holds" in client.get(address).content.decode()
    lent.corpus.readerships.filter(user__username="member").delete()
    shown = client.get(address).content.decode()
    assert "[owner] why?" in shown
    assert "ettle" not in shown
