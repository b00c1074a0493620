"""What one asks with in a room, over HTTP: one's own, checked, and true to the model's server."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from ai.api import seed_models_and_presets
from chat.models import Room
from tests.factories.model_servers import make_model
from tests.fakes.model_server import ModelServer
from tests.rest.conftest import Caller, Calling

NOWHERE = "http://127.0.0.1:9/v1"


@pytest.fixture(autouse=True)
def presets(db: None, settings: Settings) -> None:
    """The site's presets; its model server does not answer."""
    settings.LLM_BASE_URL = NOWHERE
    seed_models_and_presets()


@pytest.fixture(scope="module")
def vllm() -> Iterator[ModelServer]:
    """A server that speaks as vLLM does."""
    with ModelServer(kind="vllm") as server:
        yield server


def put(caller: Caller, room: Room, **body: Any) -> Any:
    return caller.put(f"/rooms/{room.slug}/parameters/", **body)


def test_a_member_sets_a_preset_and_values_beside_it(
    calling: Calling, member: User, room: Room
) -> None:
    answer = put(calling(member), room, preset="creative", values={"temperature": 1.1, "seed": 7})
    assert answer.status_code == 200
    seen = calling(member).get(f"/rooms/{room.slug}/parameters/").json()
    assert seen == answer.json()
    assert (seen["preset"], seen["values"]) == ("creative", {"temperature": 1.1, "seed": 7})
    parameters = seen["parameters"]
    assert (parameters["temperature"], parameters["top_p"], parameters["seed"]) == (1.1, 0.95, 7)
    assert seen["model"] is None


def test_each_member_has_their_own(calling: Calling, owner: User, member: User, room: Room) -> None:
    put(calling(member), room, values={"temperature": 1.4})
    seen = calling(owner).get(f"/rooms/{room.slug}/parameters/").json()
    assert (seen["values"], seen["parameters"]["temperature"]) == ({}, 0.7)


def test_who_is_not_in_the_room_has_none(
    calling: Calling, stranger: User, room: Room, public_room: Room
) -> None:
    other = calling(stranger)
    for method in (other.get, other.put):
        refused = method(f"/rooms/{room.slug}/parameters/")
        assert (refused.status_code, refused.json()["code"]) == (404, "room_not_found")
        refused = method(f"/rooms/{public_room.slug}/parameters/")
        assert (refused.status_code, refused.json()["code"]) == (403, "join_first")


def test_a_reader_sees_them_but_sets_nothing(calling: Calling, reader: User, room: Room) -> None:
    assert calling(reader).get(f"/rooms/{room.slug}/parameters/").status_code == 200
    refused = put(calling(reader), room, values={"temperature": 1.0})
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"preset": "nope"}, 404, "preset_not_found"),
        ({"preset": "a\0b"}, 404, "preset_not_found"),
        ({"values": {"temperature": 0.05}}, 400, "parameter_out_of_range"),
        ({"values": {"temperature": "hot"}}, 400, "parameter_type"),
        ({"values": {"stop": [""]}}, 400, "stop_empty"),
        ({"values": {"warmth": 1}}, 400, "parameter_unknown"),
        ({"values": 3}, 400, "invalid"),
    ],
)
def test_a_wrong_wish_has_its_code_and_changes_nothing(
    calling: Calling, member: User, room: Room, body: dict[str, Any], status: int, code: str
) -> None:
    put(calling(member), room, preset="code", values={"top_k": 3})
    refused = put(calling(member), room, **body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    seen = calling(member).get(f"/rooms/{room.slug}/parameters/").json()
    assert (seen["preset"], seen["values"]) == ("code", {"top_k": 3})


def test_a_deleted_preset_leaves_its_values(calling: Calling, member: User, room: Room) -> None:
    caller = calling(member)
    caller.post("/presets/", name="Mine", parameters={"temperature": 1.2})
    put(caller, room, preset="mine", values={"top_k": 3})
    caller.delete("/presets/mine/")
    seen = caller.get(f"/rooms/{room.slug}/parameters/").json()
    assert seen["preset"] == ""
    assert (seen["parameters"]["temperature"], seen["parameters"]["top_k"]) == (1.2, 3)


def test_what_the_models_server_lacks_is_named_and_refused(
    calling: Calling, owner: User, room: Room, vllm: ModelServer
) -> None:
    model = make_model(vllm.base_url)
    caller = calling(owner)
    chosen = caller.put(f"/rooms/{room.slug}/model/", model=model.pk).json()
    assert chosen["model"] == model.pk
    assert set(chosen["unsupported"]) >= {"mirostat", "mirostat_tau", "mirostat_eta"}
    refused = put(caller, room, values={"mirostat": 2})
    assert (refused.status_code, refused.json()["code"]) == (400, "parameter_unsupported")
    assert refused.json()["message"] == "vLLM 不支援「mirostat」。"
    assert put(caller, room, values={"temperature": 1.2}).status_code == 200


def test_where_no_server_answers_nothing_is_called_unsupported(
    calling: Calling, owner: User, room: Room
) -> None:
    answer = put(calling(owner), room, values={"mirostat": 2})
    assert (answer.status_code, answer.json()["unsupported"]) == (200, [])


def test_owners_alone_choose_the_rooms_model(
    calling: Calling, owner: User, member: User, stranger: User, room: Room
) -> None:
    model = make_model(NOWHERE)
    path = f"/rooms/{room.slug}/model/"
    assert calling(member).put(path, model=model.pk).json()["code"] == "not_allowed"
    assert calling(stranger).put(path, model=model.pk).json()["code"] == "room_not_found"
    assert calling(owner).put(path, model=model.pk).json()["model"] == model.pk
    assert calling(owner).put(path, model=None).json()["model"] is None


def test_a_model_that_is_off_or_not_on_the_rooms_list_cannot_be_chosen(
    calling: Calling, owner: User, room: Room
) -> None:
    allowed = make_model(NOWHERE, name="allowed")
    other = make_model("http://127.0.0.1:10/v1", name="other")
    off = make_model("http://127.0.0.1:11/v1", name="off", enabled=False)
    room.allowed_models.add(allowed, off)
    for model in (other.pk, off.pk, 2**62):
        refused = calling(owner).put(f"/rooms/{room.slug}/model/", model=model)
        assert (refused.status_code, refused.json()["code"]) == (404, "model_not_allowed")
    listed = calling(owner).get("/models/", room=room.slug).json()["results"]
    assert [row["name"] for row in listed] == ["allowed"]


def test_models_are_listed_with_what_their_servers_can_do(
    calling: Calling, member: User, vllm: ModelServer
) -> None:
    make_model(vllm.base_url, name="scripted", context_tokens=4096)
    rows = calling(member).get("/models/").json()["results"]
    by_name = {row["name"]: row for row in rows}
    assert by_name["scripted"]["context_tokens"] == 4096
    assert "top_k" in by_name["scripted"]["parameters"]
    assert "mirostat" not in by_name["scripted"]["parameters"]
    assert by_name["EchoMind"]["default"]
    assert by_name["EchoMind"]["parameters"] is None
