"""Assistants over HTTP: the caller's own, in every role, and rooms' rules for answers."""

from typing import Any

import pytest
from rest_framework.response import Response

from accounts.models import User
from ai.models import Adapter, Assistant, Model, ModelServer, Preset
from ai.own_assistants import MOST
from chat.models import Room
from tests.factories.documents import make_corpus
from tests.factories.people import make_assistant
from tests.rest.conftest import Caller, Calling

pytestmark = pytest.mark.django_db

NEW: dict[str, Any] = {
    "username": "poet",
    "name": "The Poet",
    "description": "Writes short verse",
    "greetings": {"en": "Well met.", "ja": ""},
    "instructions": {"en": "You answer in verse.", "zh-hant": "你用詩句回答。"},
    "tools": ["small_model"],
}


def make(caller: Caller, **fields: Any) -> Response:
    """Ask for the poet, or one with other fields."""
    return caller.post("/assistants/", **NEW | fields)


def listed(caller: Caller) -> list[str]:
    """The handles of the assistants that the caller may use."""
    return [one["username"] for one in caller.get("/assistants/").json()["results"]]


def test_a_person_makes_an_assistant_and_reads_it_again(owner: User, calling: Calling) -> None:
    made = make(calling(owner))
    assert made.status_code == 201
    assert made.json() == calling(owner).get("/assistants/poet/").json()
    assert made.json()["greetings"] == {"en": "Well met."}
    user = User.objects.get(username="poet")
    assert (user.kind, user.name, user.has_usable_password()) == ("assistant", "The Poet", False)


def test_an_assistant_answers_from_corpora_that_its_owner_may_read(
    owner: User, stranger: User, calling: Calling
) -> None:
    make_corpus(owner, "mine")
    make_corpus(stranger, "theirs")
    assert make(calling(owner), corpora=["theirs"]).json()["code"] == "assistant_invalid"
    assert make(calling(owner), corpora=["mine"]).json()["corpora"] == ["mine"]


def test_a_private_assistant_is_nobody_else_s_business(
    owner: User, stranger: User, assistant: User, public_room: Room, calling: Calling
) -> None:
    make(calling(owner))
    other = calling(stranger)
    assert (listed(calling(owner)), listed(other)) == (["sage", "poet"], ["sage"])
    refused = [
        other.get("/assistants/poet/"),
        other.put("/assistants/poet/", **NEW),
        other.delete("/assistants/poet/"),
        other.post("/direct-messages/", username="poet"),
        other.post("/conversations/", assistant="poet"),
    ]
    assert {answer.status_code for answer in refused} == {404}
    own_room = other.post("/rooms/", name="Mine", kind="private", style="pixel").json()["slug"]
    brought = other.post(f"/rooms/{own_room}/members/", username="poet")
    assert brought.status_code == 404
    to = {"kind": "assistant", "username": "poet"}
    assert other.say(public_room, "hello", to=to).json()["code"] == "addressee_left"


def test_its_owner_writes_to_it_and_brings_it_where_others_write_to_it_too(
    owner: User, member: User, room: Room, calling: Calling
) -> None:
    make(calling(owner))
    assert calling(owner).post("/direct-messages/", username="poet").status_code == 200
    brought = calling(owner).post(f"/rooms/{room.slug}/members/", username="poet")
    assert brought.status_code == 201
    to = {"kind": "assistant", "username": "poet"}
    assert calling(member).say(room, "hello", to=to).status_code == 201


def test_a_change_replaces_everything_but_the_handle(owner: User, calling: Calling) -> None:
    make(calling(owner))
    changed = calling(owner).put("/assistants/poet/", name="Bard", is_public=True)
    assert changed.status_code == 200
    assert (changed.json()["name"], changed.json()["instructions"]) == ("Bard", {})
    assert changed.json()["is_public"] is True


def test_one_of_the_site_is_not_for_people_to_change(
    owner: User, assistant: User, calling: Calling
) -> None:
    assert calling(owner).put("/assistants/sage/", name="Mine").status_code == 404


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " "}, "name_invalid"),
        ({"name": "x" * 65}, "name_invalid"),
        ({"name": "a\u202eb"}, "name_invalid"),
        ({"username": "me"}, "handle_invalid"),
        ({"username": "no blanks"}, "handle_invalid"),
        ({"username": "owner"}, "handle_invalid"),
        ({"description": "x" * 201}, "assistant_invalid"),
        ({"greetings": {"en": "x" * 401}}, "assistant_invalid"),
        ({"greetings": {"xx": "hello"}}, "assistant_invalid"),
        ({"instructions": {"en": "x" * 1_201}}, "assistant_invalid"),
        ({"instructions": {"en": "a\0b"}}, "assistant_invalid"),
        ({"model": 999}, "assistant_invalid"),
        ({"preset": "nothing"}, "assistant_invalid"),
        ({"tools": ["launch_missiles"]}, "assistant_invalid"),
        ({"greetings": ["en"]}, "invalid"),
        ({"model": "large"}, "invalid"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    owner: User, calling: Calling, fields: dict[str, Any], code: str
) -> None:
    refused = make(calling(owner), **fields)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not Assistant.objects.exists()
    assert not User.objects.filter(kind="assistant").exists()


def test_a_handle_that_is_taken_is_refused(owner: User, member: User, calling: Calling) -> None:
    assert make(calling(owner), username=member.username).json()["code"] == "handle_invalid"


def test_an_adapter_goes_with_its_own_model_alone(owner: User, calling: Calling) -> None:
    server = ModelServer.objects.create(name="card", base_url="http://127.0.0.1:8001/v1")
    small, large = (Model.objects.create(server=server, name=name) for name in ("small", "large"))
    adapter = Adapter.objects.create(model=large, name="verse")
    preset = Preset.objects.create(owner=owner, slug="wild", name="Wild")
    wrong = make(calling(owner), model=small.pk, adapter=adapter.pk)
    assert wrong.json()["code"] == "assistant_invalid"
    right = make(calling(owner), model=large.pk, adapter=adapter.pk, preset=preset.slug)
    assert (right.json()["adapter"], right.json()["preset"]) == (adapter.pk, "wild")


def test_another_one_fits_after_one_was_removed(owner: User, calling: Calling) -> None:
    for number in range(MOST):
        assert make(calling(owner), username=f"poet{number}").status_code == 201
    full = make(calling(owner))
    assert (full.status_code, full.json()["code"]) == (409, "too_many_assistants")
    assert calling(owner).delete("/assistants/poet0/").status_code == 204
    assert make(calling(owner)).status_code == 201
    assert "poet0" not in listed(calling(owner))


def test_everyone_in_a_room_reads_its_rule_and_its_managers_set_it(
    owner: User, reader: User, stranger: User, assistant: User, room: Room, calling: Calling
) -> None:
    path = f"/rooms/{room.slug}/answering/"
    assert calling(reader).get(path).json() == {
        "answering": "addressed",
        "assistant": None,
        "max_assistant_run": 4,
    }
    wanted = {"answering": "default", "assistant": "sage", "max_assistant_run": 2}
    calling(owner).post(f"/rooms/{room.slug}/members/", username="sage")
    assert calling(owner).put(path, **wanted).json() == wanted
    assert calling(reader).put(path, **wanted).status_code == 403
    assert calling(stranger).get(path).status_code == 404
    assert calling(stranger).put(path, **wanted).status_code == 404
    refused = calling(owner).put(path, **wanted | {"max_assistant_run": 9})
    assert refused.json()["code"] == "answering_invalid"


def test_search_finds_by_name_and_handle(owner: User, calling: Calling) -> None:
    for username in ("alder", "birch"):
        make_assistant(username)
    found = calling(owner).get("/assistants/", q="BIR").json()["results"]
    assert [one["username"] for one in found] == ["birch"]
