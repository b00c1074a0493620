"""What answers in a room may be made from, and who is shown what they cite."""

from dataclasses import asdict
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from ai.types import Citation
from chat.errors import NotAllowedError, RoomNotFoundError
from chat.models import Membership, Room
from chat.selectors.message_wires import fetch_wire
from chat.selectors.passages import to_keep
from chat.services.room_corpora import choose_corpora
from chat.services.versions import repeat_reply
from chat.services.write_reply import reply_request
from chat.wire import MessageWire
from rag.errors import CorpusNotFoundError, PassageNotFoundError
from rag.models import Chunk, Document, Readership
from rag.types import Passage
from tests.factories.documents import make_corpus, make_document
from tests.factories.replies import answer, ask


@pytest.fixture(autouse=True)
def assistant(assistant: User) -> User:
    """Is in every room that is made after it."""
    return assistant


def passage_of(chunk: Chunk) -> Passage:
    """The chunk as it is found."""
    return Passage(
        chunk.pk,
        chunk.document_id,
        chunk.document.external_id,
        chunk.document.title,
        chunk.corpus_id,
        chunk.text,
        chunk.start,
        chunk.end,
        0.5,
        chunk.tokens,
    )


@pytest.fixture
def chunk(owner: User, member: User, reader: User) -> Chunk:
    """Of a corpus that everybody in the room may read."""
    corpus = make_corpus(owner, "ours", readers=(member, reader))
    return make_document(corpus, "The kettle holds 2 litres.", title="Kettle", before="Tea. ")


@pytest.fixture
def cited(room: Room, owner: User, assistant: User, chunk: Chunk) -> MessageWire:
    """An answer that cites the chunk."""
    ask(room, owner, assistant)
    passage = passage_of(chunk)
    kept = to_keep([passage], [Citation(1, passage)])
    asked_as = {"model_id": None, "parameters": {}, "preset": ""}
    said = answer("It holds 2 litres. [1]", passages=kept, passport=asked_as, prompt=[{}])
    return fetch_wire(room, said.pk)


def sources(wire: MessageWire) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The citations and the passages that a wire tells."""
    assert wire.reply is not None
    citations = [
        {name: getattr(one, name) for name in one.__struct_fields__} for one in wire.reply.citations
    ]
    return citations, wire.reply.passport.get("passages", [])


def test_an_answer_tells_what_it_cites_and_what_was_read(cited: MessageWire, chunk: Chunk) -> None:
    (citation,), (passage,) = sources(cited)
    assert citation == {
        "n": 1,
        "corpus": "ours",
        "document": chunk.document_id,
        "external_id": "ours-1",
        "title": "Kettle",
        "chunk": chunk.pk,
        "text": "The kettle holds 2 litres.",
        "start": 5,
        "end": 31,
        "score": 0.5,
    }
    assert (passage["number"], passage["n"], passage["title"]) == (1, 1, "Kettle")
    assert "text" not in passage


def test_whoever_comes_without_the_right_takes_the_sources_off_the_room(
    cited: MessageWire, room: Room, stranger: User
) -> None:
    Membership.objects.create(room=room, user=stranger)
    assert sources(fetch_wire(room, cited.id)) == ([], [])


def test_a_deleted_document_is_cited_no_more(cited: MessageWire, room: Room, chunk: Chunk) -> None:
    chunk.document.delete()
    assert sources(fetch_wire(room, cited.id)) == ([], [])


def test_messages_without_sources_ask_nothing_about_documents(
    room: Room, owner: User, assistant: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ask(room, owner, assistant)
    plain = answer("It boils.")
    with django_assert_num_queries(3):
        fetch_wire(room, plain.pk)


def test_an_answer_is_not_run_again_before_those_who_may_not_read_its_passages(
    cited: MessageWire, room: Room, owner: User, member: User
) -> None:
    assert cited.reply is not None
    again = repeat_reply(user=owner, reply_id=cited.reply.id)
    assert [asdict(passage)["text"] for passage in reply_request(again).passages] == [
        "The kettle holds 2 litres."
    ]
    Readership.objects.filter(user=member).delete()
    with pytest.raises(PassageNotFoundError):
        reply_request(again)


def test_an_owner_chooses_a_room_s_corpora_from_what_they_may_read(
    room: Room, owner: User, member: User, stranger: User
) -> None:
    make_corpus(owner, "mine")
    make_corpus(stranger, "theirs")
    choose_corpora(by=owner, room=room.slug, slugs={"mine"})
    for user, slugs, refusal in (
        (owner, {"mine", "theirs"}, CorpusNotFoundError),
        (owner, {"mine\0"}, CorpusNotFoundError),
        (member, {"mine"}, NotAllowedError),
        (stranger, {"theirs"}, RoomNotFoundError),
    ):
        with pytest.raises(refusal):
            choose_corpora(by=user, room=room.slug, slugs=slugs)
    assert list(room.corpora.values_list("slug", flat=True)) == ["mine"]


def opened(user: User, cited: MessageWire, number: int = 1) -> HttpResponse:
    """The pane of a passage, asked for by its address."""
    assert cited.reply is not None
    client = Client()
    client.force_login(user)
    answered: HttpResponse = client.get(f"/replies/{cited.reply.id}/passages/{number}/")
    return answered


def test_a_passage_opens_for_whoever_may_still_read_its_document(
    cited: MessageWire, owner: User, member: User, stranger: User, chunk: Chunk
) -> None:
    marked = '<mark tabindex="-1">The kettle holds 2 litres.</mark>'
    assert f"Tea. {marked}" in opened(member, cited).content.decode()
    Readership.objects.filter(user=member).delete()
    refused = [opened(member, cited), opened(stranger, cited), opened(owner, cited, 2)]
    assert [answer.status_code for answer in refused] == [404, 404, 404]
    assert not any("kettle" in answer.content.decode() for answer in refused)


def test_a_passage_that_moved_is_found_and_one_that_went_is_not_shown(
    cited: MessageWire, owner: User, chunk: Chunk
) -> None:
    Document.objects.update(text="New. <b>Tea.</b> The kettle holds 2 litres. More.")
    shown = opened(owner, cited).content.decode()
    assert "&lt;b&gt;Tea.&lt;/b&gt; <mark" in shown
    Document.objects.update(text="The kettle holds 3 litres.")
    assert opened(owner, cited).status_code == 404


def test_the_completion_names_what_everybody_in_the_room_may_read(
    room: Room, owner: User, member: User, reader: User, stranger: User, chunk: Chunk
) -> None:
    make_corpus(owner, "mine")
    client = Client()
    client.force_login(member)
    told = client.get(f"/rooms/{room.slug}/corpora/").json()
    assert told == {"corpora": [{"slug": "ours", "name": "Ours"}]}
    client.force_login(stranger)
    assert client.get(f"/rooms/{room.slug}/corpora/").status_code == 404
