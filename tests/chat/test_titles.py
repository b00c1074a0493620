"""Titles that the model suggests after the first answer."""

import pytest
from pytest_django import Settings

from accounts.models import User
from chat.models import Room
from chat.services.conversations import change_conversation
from chat.services.direct_messages import open_direct_message
from chat.services.titles import title_conversations
from tests.chat.verify import frames_of
from tests.factories.conversations import ask, exchange, make_conversation
from tests.fakes.model_server import ModelServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def titling(model: ModelServer, settings: Settings) -> ModelServer:
    """A model that names everything after tea."""
    settings.LLM_BACKEND = "openai_compatible"
    settings.LLM_BASE_URL, settings.LLM_MODEL = model.base_url, ""
    model.set_script(text="標題：「软件與茶」\n這是因為……")
    return model


def title_of(room: Room) -> str:
    """What the conversation is called by now."""
    room.refresh_from_db()
    return room.title


def test_the_first_answer_gives_a_conversation_its_title(
    owner: User, assistant: User, titling: ModelServer
) -> None:
    room = make_conversation(owner, assistant)
    exchange(room, owner, "紅茶怎麼泡？", "用熱水。")
    with frames_of(room) as told:
        title_conversations()
    assert title_of(room) == "軟體與茶"
    assert [frame["name"] for frame in told if frame["type"] == "room.changed"] == ["軟體與茶"]


def test_a_title_of_ones_own_wins(owner: User, assistant: User, titling: ModelServer) -> None:
    room = make_conversation(owner, assistant)
    exchange(room, owner, "question", "answer")
    change_conversation(user=owner, slug=room.slug, title="Mine")
    title_conversations()
    assert title_of(room) == "Mine"


def test_what_has_no_answer_and_the_one_direct_room_get_no_title(
    owner: User, assistant: User, titling: ModelServer
) -> None:
    empty, pair = (
        make_conversation(owner, assistant),
        open_direct_message(user=owner, username="sage"),
    )
    exchange(pair, owner, "question", "answer")
    ask(empty, owner, "a question that waits")
    title_conversations()
    assert title_of(empty) == title_of(pair) == ""


def test_a_title_waits_while_the_model_has_no_place_for_one_more(
    owner: User, assistant: User, titling: ModelServer, settings: Settings
) -> None:
    room = make_conversation(owner, assistant)
    exchange(room, owner, "question", "answer")
    settings.REPLY_CONCURRENCY = 0
    title_conversations()
    assert title_of(room) == ""


@pytest.mark.parametrize("failure", ["busy", "error", "html"])
def test_a_server_that_fails_leaves_the_conversation_untitled(
    owner: User, assistant: User, titling: ModelServer, failure: str
) -> None:
    titling.set_script(failure=failure)
    room = make_conversation(owner, assistant)
    exchange(room, owner, "question", "answer")
    title_conversations()
    assert title_of(room) == ""
