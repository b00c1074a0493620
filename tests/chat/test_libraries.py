"""Which corpora an answer may be made from."""

import pytest

from accounts.models import User
from chat.models import Membership, Room
from chat.selectors.corpora import library_for
from rag.models import Corpus
from tests.factories.conversations import make_conversation
from tests.factories.documents import make_corpus
from tests.factories.people import make_person
from tests.factories.replies import answer, ask


@pytest.fixture(autouse=True)
def assistant(assistant: User) -> User:
    """Is in every room that is made after it."""
    return assistant


def corpora_for(room: Room, asker: User, assistant: User, question: str = "why?") -> list[str]:
    """The slugs that an answer to this question may be made from."""
    library = library_for(ask(room, asker, assistant, question), allowed=())
    return sorted(Corpus.objects.filter(pk__in=library.corpora).values_list("slug", flat=True))


def test_in_company_only_what_everybody_there_may_read_is_used(
    room: Room, owner: User, member: User, reader: User, assistant: User
) -> None:
    ours = make_corpus(owner, "ours", readers=(member, reader))
    mine = make_corpus(owner, "mine", readers=(member,))
    room.corpora.set([ours, mine])
    assert corpora_for(room, owner, assistant) == ["ours"]
    Membership.objects.create(room=room, user=make_person("newcomer"))
    assert corpora_for(room, owner, assistant) == []


def test_in_a_public_room_only_public_corpora_are_used(
    public_room: Room, owner: User, assistant: User
) -> None:
    public_room.corpora.set([make_corpus(owner, "mine"), make_corpus(owner, "all", is_public=True)])
    assert corpora_for(public_room, owner, assistant) == ["all"]


def test_alone_with_an_assistant_ones_own_corpora_are_used(
    owner: User, stranger: User, assistant: User
) -> None:
    make_corpus(owner, "mine")
    make_corpus(stranger, "theirs")
    make_corpus(stranger, "all", is_public=True)
    chat = make_conversation(owner, assistant)
    assert corpora_for(chat, owner, assistant) == ["mine"]
    assert corpora_for(chat, owner, assistant, "what does #all say, or ＃THEIRS?") == ["all"]


def test_a_room_that_names_no_corpus_uses_none(room: Room, owner: User, assistant: User) -> None:
    make_corpus(owner, "all", is_public=True)
    assert corpora_for(room, owner, assistant) == []
    assert corpora_for(room, owner, assistant, "look into #all, please") == ["all"]


def test_a_name_that_not_all_may_read_leaves_the_room_s_own(
    room: Room, owner: User, stranger: User, assistant: User
) -> None:
    make_corpus(stranger, "theirs")
    room.corpora.set([make_corpus(owner, "all", is_public=True)])
    for question in ("what does #theirs say?", "so #happy, but why?"):
        assert corpora_for(room, owner, assistant, question) == ["all"]


def test_a_room_whose_corpora_not_all_may_read_still_answers_from_nothing_else(
    room: Room, owner: User, member: User, assistant: User
) -> None:
    plain = library_for(ask(room, owner, assistant), allowed=())
    answer("Because.")
    room.corpora.set([make_corpus(owner, "mine")])
    bound = library_for(ask(room, owner, assistant), allowed=())
    assert (plain.corpora, plain.is_named) == ((), False)
    assert (bound.corpora, bound.is_named) == ((), True)


def test_an_assistant_s_own_list_narrows_what_is_used(
    room: Room, owner: User, assistant: User
) -> None:
    for slug in ("one", "two"):
        room.corpora.add(make_corpus(owner, slug, is_public=True))
    reply = ask(room, owner, assistant)
    assert len(library_for(reply, allowed=("one",)).corpora) == 1
    assert library_for(reply, allowed=("three",)).corpora == ()
