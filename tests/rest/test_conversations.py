"""Conversations with assistants over HTTP: their person's alone."""

import pytest

from accounts.models import User
from chat.models import Room
from tests.factories.conversations import exchange, make_conversation
from tests.factories.people import make_assistant
from tests.rest.conftest import Caller, Calling


@pytest.fixture
def conversation(owner: User, assistant: User) -> Room:
    """The owner's, untitled and empty."""
    return make_conversation(owner, assistant)


def found_by(caller: Caller, **query: object) -> list[str]:
    """The titles that a listing shows."""
    return [one["title"] for one in caller.get("/conversations/", **query).json()["results"]]


def test_a_person_begins_as_many_conversations_with_one_assistant_as_they_like(
    calling: Calling, owner: User, assistant: User
) -> None:
    caller = calling(owner)
    first = caller.post("/conversations/", assistant="sage")
    second = caller.post("/conversations/", assistant="sage", title=" 茶與咖啡 ")
    assert (first.status_code, second.status_code) == (201, 201)
    assert (first.json()["title"], second.json()["title"]) == ("Sage", "茶與咖啡")
    assert first.json()["assistant"]["username"] == "sage"
    room = caller.get(f"/rooms/{second.json()['slug']}/").json()
    assert (room["kind"], room["name"], room["role"]) == ("direct", "茶與咖啡", "owner")
    assert {m["username"] for m in room["members"]} == {"owner", "sage"}


def test_the_one_direct_room_with_an_assistant_stays_one_and_is_listed(
    calling: Calling, owner: User, assistant: User
) -> None:
    caller = calling(owner)
    caller.post("/conversations/", assistant="sage", title="Tea")
    slugs = {caller.post("/direct-messages/", username="sage").json()["slug"] for _ in range(2)}
    assert len(slugs) == 1
    assert found_by(caller) == ["Sage", "Tea"]


def test_messages_with_people_are_no_conversations(
    calling: Calling, owner: User, direct_room: Room
) -> None:
    assert found_by(calling(owner)) == []
    refused = calling(owner).get(f"/conversations/{direct_room.slug}/")
    assert (refused.status_code, refused.json()["code"]) == (404, "conversation_not_found")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"assistant": "member"}, 404, "user_not_found"),
        ({"assistant": "nobody"}, 404, "user_not_found"),
        ({"assistant": "secret"}, 404, "user_not_found"),
        ({"assistant": "\0"}, 404, "user_not_found"),
        ({"assistant": "sage", "title": "   "}, 400, "title_invalid"),
        ({"assistant": "sage", "title": "x" * 65}, 400, "title_invalid"),
        ({"assistant": "sage", "title": "\u202e"}, 400, "title_invalid"),
        ({"assistant": ["sage"]}, 400, "invalid"),
        ({}, 400, "invalid"),
    ],
)
def test_a_conversation_that_cannot_be_is_refused(
    calling: Calling,
    owner: User,
    member: User,
    assistant: User,
    body: dict[str, object],
    status: int,
    code: str,
) -> None:
    make_assistant("secret", is_public=False)
    refused = calling(owner).post("/conversations/", **body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not Room.objects.exists()


def test_a_title_is_changed_and_shown_everywhere(
    calling: Calling, owner: User, conversation: Room
) -> None:
    caller, path = calling(owner), f"/conversations/{conversation.slug}/"
    assert caller.patch(path, title="三國 與 茶").json()["title"] == "三國 與 茶"
    assert caller.get(f"/rooms/{conversation.slug}/").json()["name"] == "三國 與 茶"
    assert caller.patch(path, title="").json()["code"] == "title_invalid"
    assert caller.get(path).json()["title"] == "三國 與 茶"


def test_an_archived_conversation_is_set_aside_and_found_by_search_with_a_mark(
    calling: Calling, owner: User, conversation: Room
) -> None:
    caller = calling(owner)
    exchange(conversation, owner, "荔枝什麼時候熟？", "六月。")
    assert caller.patch(f"/conversations/{conversation.slug}/", archived=True).json()["archived"]
    assert found_by(caller, archived=False) == []
    assert found_by(caller, archived=True) == ["Sage"]
    (found,) = caller.get("/conversations/", q="荔枝").json()["results"]
    assert (found["archived"], found["found"]["text"]) == (True, "荔枝什麼時候熟？")
    assert not caller.patch(f"/conversations/{conversation.slug}/", archived=False).json()[
        "archived"
    ]


@pytest.mark.parametrize("words", ["荔枝", "LYCHEE", "りんご", "사과", "100%", "june"])
def test_search_finds_two_characters_of_any_language_in_titles_and_texts(
    calling: Calling, owner: User, assistant: User, words: str
) -> None:
    text = "荔枝 Lychee りんご 사과 100% in June"
    make_conversation(owner, assistant, title="Something else")
    make_conversation(owner, assistant, title=f"About {text}")
    talked = make_conversation(owner, assistant, title="Fruit")
    exchange(talked, owner, f"{'before ' * 30}{text}{' after' * 30}", "Yes.")
    assert found_by(calling(owner), q=words) == ["Fruit", f"About {text}"]


def test_search_finds_nothing_by_a_wildcard_or_in_what_was_deleted(
    calling: Calling, owner: User, conversation: Room
) -> None:
    reply = exchange(conversation, owner, "plain words", "an answer")
    caller = calling(owner)
    assert found_by(caller, q="%") == found_by(caller, q="_") == []
    caller.delete(f"/messages/{reply.question_id}/")
    assert found_by(caller, q="plain") == []


@pytest.mark.parametrize("words", ["x" * 101, "\0"])
def test_a_search_is_limited(calling: Calling, owner: User, words: str) -> None:
    refused = calling(owner).get("/conversations/", q=words)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")


def test_pages_of_a_search_lead_to_each_other(
    calling: Calling, owner: User, assistant: User
) -> None:
    for number in range(51):
        make_conversation(owner, assistant, title=f"茶 {number}")
    caller = calling(owner)
    first = caller.get("/conversations/", q="茶").json()
    second = caller.get(first["next"]).json()
    assert (len(first["results"]), [one["title"] for one in second["results"]]) == (50, ["茶 0"])
    assert caller.get(second["previous"]).json() == first


def test_another_persons_conversation_is_not_there_by_any_door(
    calling: Calling, owner: User, stranger: User, conversation: Room
) -> None:
    exchange(conversation, owner, "a secret", "kept")
    caller, slug = calling(stranger), conversation.slug
    doors = [
        caller.get(f"/conversations/{slug}/"),
        caller.patch(f"/conversations/{slug}/", title="Mine"),
        caller.patch(f"/conversations/{slug}/", archived=True),
        caller.delete(f"/conversations/{slug}/"),
        caller.get(f"/conversations/{slug}/export/"),
        caller.get(f"/rooms/{slug}/export/"),
        caller.get(f"/rooms/{slug}/messages/"),
    ]
    assert {door.status_code for door in doors} == {404}
    assert found_by(caller) == found_by(caller, q="secret") == []
    conversation.refresh_from_db()
    assert conversation.title == ""


def test_a_deleted_conversation_is_gone(calling: Calling, owner: User, conversation: Room) -> None:
    caller = calling(owner)
    assert caller.delete(f"/conversations/{conversation.slug}/").status_code == 204
    assert caller.delete(f"/conversations/{conversation.slug}/").status_code == 404
    assert caller.get(f"/rooms/{conversation.slug}/").status_code == 404


def test_the_number_of_conversations_is_limited(
    calling: Calling, owner: User, assistant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.services.conversations.MOST", 1)
    caller = calling(owner)
    assert caller.post("/conversations/", assistant="sage").status_code == 201
    refused = caller.post("/conversations/", assistant="sage")
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_conversations")
