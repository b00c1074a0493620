"""The rooms that a site begins with."""

from chat.models import Room
from chat.services.seed import seed
from chat.types import Answering, RoomKind
from rag.api import readable_corpora
from rag.types import FIRST_CORPUS


def test_the_first_corpus_has_a_room_whose_assistant_answers_everything(db: None) -> None:
    seed()
    room = Room.objects.get(slug=FIRST_CORPUS)
    assert (room.kind, room.answering) == (RoomKind.PUBLIC, Answering.DEFAULT)
    assert room.default_assistant in room.members.all()
    assert len(readable_corpora([], slugs=[FIRST_CORPUS])) == 1


def test_seeding_again_changes_nothing(db: None) -> None:
    seed()
    Room.objects.filter(slug=FIRST_CORPUS).update(name="Phones", default_assistant=None)
    before = list(Room.objects.order_by("pk").values())
    seed()
    assert list(Room.objects.order_by("pk").values()) == before
