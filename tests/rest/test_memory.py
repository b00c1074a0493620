"""Memory over HTTP and in the pane, in every role."""

import pytest
from django.test import Client
from rest_framework.response import Response

from accounts.models import User
from ai.types import FACT_LENGTH
from chat.models import Membership, Room
from tests.rest.conftest import Caller, Calling

pytestmark = pytest.mark.django_db


@pytest.fixture
def sage(assistant: User, room: Room) -> User:
    """The room's only assistant."""
    room.memberships.filter(user__kind="assistant").delete()
    Membership.objects.create(room=room, user=assistant)
    return assistant


@pytest.fixture
def message(calling: Calling, member: User, room: Room, sage: User) -> int:
    """The id of what the member said."""
    message: int = calling(member).say(room, "My cat is called Momo").json()["id"]
    return message


def memory(caller: Caller, room: Room) -> dict[str, object]:
    """What the room's assistant remembers, as the caller sees it."""
    found: dict[str, object] = caller.get(f"/rooms/{room.slug}/memory/").json()["memories"][0]
    return found


def facts(answer: Response) -> list[str]:
    return [fact["text"] for fact in answer.json()["memories"][0]["facts"]]


def test_a_member_remembers_corrects_and_forgets(
    calling: Calling, member: User, room: Room, sage: User, message: int
) -> None:
    caller = calling(member)
    made = caller.post(f"/messages/{message}/remember/")
    assert made.status_code == 201
    assert facts(made) == ["My cat is called Momo"]
    fact = made.json()["memories"][0]["facts"][0]
    assert fact["message"] == message
    path = f"/rooms/{room.slug}/memory/{sage.username}/facts/{fact['id']}/"
    assert facts(caller.patch(path, text="My cat is called Pixel")) == ["My cat is called Pixel"]
    assert caller.delete(path).status_code == 204
    assert memory(caller, room)["facts"] == []
    assert caller.delete(path).json()["code"] == "fact_not_found"


def test_a_reader_sees_and_changes_nothing(
    calling: Calling, member: User, reader: User, room: Room, sage: User, message: int
) -> None:
    fact = calling(member).post(f"/messages/{message}/remember/").json()
    fact_id = fact["memories"][0]["facts"][0]["id"]
    caller = calling(reader)
    here = f"/rooms/{room.slug}/memory/{sage.username}/"
    assert caller.get(f"/rooms/{room.slug}/memory/").json()["may_change"] is False
    for refused in (
        caller.post(f"/messages/{message}/remember/"),
        caller.patch(here, summary="x"),
        caller.delete(here),
        caller.patch(f"{here}facts/{fact_id}/", text="x"),
        caller.delete(f"{here}facts/{fact_id}/"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "read_only")
    assert len(memory(caller, room)["facts"]) == 1  # type: ignore[arg-type]


def test_a_stranger_finds_no_such_room(
    calling: Calling, stranger: User, room: Room, sage: User, message: int
) -> None:
    caller = calling(stranger)
    here = f"/rooms/{room.slug}/memory/"
    for refused in (
        caller.get(here),
        caller.get(f"/rooms/{room.slug}/context/", assistant=sage.username),
        caller.post(f"/messages/{message}/remember/"),
        caller.patch(f"{here}{sage.username}/", summary="x"),
        caller.delete(f"{here}{sage.username}/"),
        caller.patch(f"{here}{sage.username}/facts/1/", text="x"),
        caller.delete(f"{here}{sage.username}/facts/1/"),
    ):
        assert refused.status_code == 404


@pytest.mark.parametrize("text", ["", " ", "a" * (FACT_LENGTH + 1), "tea\u202e", 7, None])
def test_a_fact_that_cannot_be_is_refused_and_nothing_is_kept(
    calling: Calling, member: User, room: Room, message: int, text: object
) -> None:
    caller = calling(member)
    refused = caller.post(f"/messages/{message}/remember/", text=text)
    assert refused.status_code == 400
    assert memory(caller, room)["facts"] == []


def test_an_assistant_that_is_not_here_remembers_nothing(
    calling: Calling, member: User, message: int
) -> None:
    refused = calling(member).post(f"/messages/{message}/remember/", assistants=["nobody\0"])
    assert (refused.status_code, refused.json()["code"]) == (404, "user_not_found")


def test_clearing_takes_everything(
    calling: Calling, member: User, room: Room, sage: User, message: int
) -> None:
    caller = calling(member)
    caller.post(f"/messages/{message}/remember/")
    assert caller.delete(f"/rooms/{room.slug}/memory/{sage.username}/").status_code == 204
    assert memory(caller, room)["facts"] == []


def test_the_context_is_told_or_the_server_s_failure_by_name(
    calling: Calling, member: User, room: Room, sage: User, settings: object
) -> None:
    settings.LLM_BACKEND = "scripted"  # type: ignore[attr-defined]
    answer = calling(member).get(f"/rooms/{room.slug}/context/", assistant=sage.username)
    assert answer.status_code == 200
    told = answer.json()
    assert 0 < told["tokens"] < told["budget"]
    assert not told["is_exact"]  # a script has no tokenizer
    assert not told["summarised"]


def test_the_pane_shows_facts_and_their_forms_to_members_alone(
    client: Client, calling: Calling, member: User, reader: User, room: Room, message: int
) -> None:
    calling(member).post(f"/messages/{message}/remember/")
    client.force_login(member)
    pane = client.get(f"/rooms/{room.slug}/memory/").content.decode()
    assert "My cat is called Momo" in pane
    assert f"#message-{message}" in pane
    assert "delete-fact" in pane
    client.force_login(reader)
    pane = client.get(f"/rooms/{room.slug}/memory/").content.decode()
    assert "My cat is called Momo" in pane
    assert "delete-fact" not in pane


def test_a_refused_fact_keeps_what_was_typed_in_the_pane(
    client: Client, member: User, message: int
) -> None:
    client.force_login(member)
    typed = "a" * (FACT_LENGTH + 1)
    refused = client.post(f"/messages/{message}/remember/", {"text": typed})
    assert refused.status_code == 400
    assert typed in refused.content.decode()
