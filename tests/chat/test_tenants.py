"""Two tenants: whoever may read a corpus no more meets nothing of it by any door."""

import pytest
from django.test import Client

from accounts.models import User
from ai.types import Citation
from chat.models import Membership, Reply, Room
from chat.selectors.corpora import library_for
from chat.selectors.passages import to_keep
from rag.api import readable_corpora
from rag.models import Chunk, Corpus, Readership
from rag.search.find import find_passages
from tests.factories.conversations import make_conversation
from tests.factories.documents import make_corpus, make_document
from tests.factories.people import make_person
from tests.factories.replies import answer, ask
from tests.factories.rooms import make_room
from tests.rag.hashing import HashingEmbedder

CANARY = "CANARY-91d2"
API = "/api/v1"


@pytest.fixture
def landlord(db: None) -> User:
    """Has a room, is staff without rights in the admin, and was lent the corpus of somebody else."""
    return make_person("landlord", is_staff=True, language="en")


@pytest.fixture
def lent(owner: User, landlord: User) -> Corpus:
    """The tenant's corpus; its name and all that is in it carry the canary."""
    corpus = make_corpus(owner, "handbook", readers=(landlord,))
    Corpus.objects.update(name=f"{CANARY} plans")
    return corpus


@pytest.fixture
def chunk(lent: Corpus, hashing: HashingEmbedder) -> Chunk:
    """What the answer was made from."""
    return make_document(lent, f"{CANARY} is so.", title=f"{CANARY} title", embedder=hashing)


@pytest.fixture
def reply(assistant: User, landlord: User, owner: User, lent: Corpus, chunk: Chunk) -> Reply:
    """An answer in the landlord's room that cites the chunk, without its words."""
    room = make_room(landlord, members=(owner,))
    room.corpora.set([lent])
    ask(room, landlord, assistant)
    (passage,) = find_passages(CANARY, corpora=[lent.pk], user_ids=[landlord.pk], k=1).passages
    said = answer("It is so. [1]", passages=to_keep([passage], [Citation(1, passage)]))
    return Reply.objects.get(answer=said)


def doors(room: Room, reply: Reply, chunk: Chunk) -> list[str]:
    """The addresses under which something of the corpus stands, or could."""
    return [
        f"{API}/rooms/{room.slug}/messages/",
        f"{API}/replies/{reply.pk}/",
        f"{API}/corpora/",
        f"{API}/corpora/handbook/",
        f"{API}/corpora/handbook/documents/",
        f"{API}/corpora/handbook/documents/{chunk.document_id}/",
        f"{API}/corpora/handbook/search/?q={CANARY}",
        f"/rooms/{room.slug}/",
        f"/rooms/{room.slug}/settings/",
        f"/rooms/{room.slug}/corpora/",
        f"/replies/{reply.pk}/passport/",
        f"/replies/{reply.pk}/passages/1/",
        "/assistants/new/",
        "/knowledge/",
        "/knowledge/handbook/",
        "/knowledge/handbook/documents/",
        f"/documents/{chunk.document_id}/",
        f"/passages/{chunk.pk}/",
        f"/staff/playground/?q={CANARY.lower()}",
    ]


CLOSED = ["/admin/rag/corpus/", "/admin/rag/document/", "/admin/rag/chunk/", "/admin/chat/reply/"]


def telling(client: Client, paths: list[str]) -> list[str]:
    """Those of the paths whose answers hold the canary."""
    return [path for path in paths if CANARY in client.get(path).content.decode()]


def forked(client: Client, reply: Reply) -> Room:
    """The room of a fork behind the reply."""
    made = client.post(f"{API}/messages/{reply.answer_id}/fork/", content_type="application/json")
    assert made.status_code == 201, made.content
    return Room.objects.get(slug=made.json()["slug"])


def test_a_right_that_is_taken_back_closes_every_door_at_once(
    client: Client, landlord: User, reply: Reply, chunk: Chunk
) -> None:
    client.force_login(landlord)
    fork = forked(client, reply)
    copy = Reply.objects.get(room=fork)
    here = [*doors(reply.room, reply, chunk), *doors(fork, copy, chunk)]
    assert set(telling(client, here)) == set(here) - {f"/rooms/{fork.slug}/settings/"}
    Readership.objects.all().delete()
    assert telling(client, [*here, *CLOSED]) == []


def test_a_deleted_corpus_leaves_nothing_behind_an_answer(
    client: Client, landlord: User, lent: Corpus, reply: Reply, chunk: Chunk
) -> None:
    client.force_login(landlord)
    lent.delete()
    assert telling(client, doors(reply.room, reply, chunk)) == []


def test_what_somebody_lends_unasked_is_used_only_where_it_is_named(
    lent: Corpus, landlord: User, assistant: User
) -> None:
    chat = make_conversation(landlord, assistant)
    for question, used in (("why?", ()), ("what does #handbook say?", (lent.pk,))):
        assert library_for(ask(chat, landlord, assistant, question), allowed=()).corpora == used


def test_whoever_comes_while_an_answer_is_made_counts_at_its_next_search(
    assistant: User, landlord: User, owner: User, lent: Corpus
) -> None:
    room = make_room(landlord, members=(owner,))
    room.corpora.set([lent])
    library = library_for(ask(room, landlord, assistant), allowed=())
    assert readable_corpora(library.readers, ["handbook"]) == list(library.corpora) == [lent.pk]
    Membership.objects.create(room=room, user=make_person("newcomer"))
    assert readable_corpora(library.readers, ["handbook"]) == []
