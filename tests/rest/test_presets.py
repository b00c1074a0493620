"""Presets over HTTP: kept, changed, exported, imported, and nobody else's business."""

import json

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from ai.api import seed_models_and_presets
from tests.rest.conftest import Calling

FLAT = {"temperature": 0.9, "top_k": 30, "stop": "User:|Assistant:", "seed": -1}


@pytest.fixture
def presets(db: None) -> None:
    """The site's presets."""
    seed_models_and_presets()


def test_a_preset_is_kept_read_replaced_and_deleted(
    calling: Calling, member: User, presets: None
) -> None:
    caller = calling(member)
    made = caller.post("/presets/", name="Mine", parameters={"temperature": 1.2})
    assert made.status_code == 201
    preset = made.json()
    assert (preset["slug"], preset["own"], preset["parameters"]["temperature"]) == (
        "mine", True, 1.2,
    )  # fmt: skip
    assert caller.get("/presets/mine/").json() == preset
    body = {"name": "Ours", "parameters": {"top_k": 5}}
    changed = caller.put("/presets/mine/", **body).json()
    assert (changed["slug"], changed["name"]) == ("mine", "Ours")
    assert (changed["parameters"]["top_k"], changed["parameters"]["temperature"]) == (5, 0.7)
    slugs = [row["slug"] for row in caller.get("/presets/").json()["results"]]
    assert slugs == ["chat", "code", "creative", "mine"]
    assert caller.delete("/presets/mine/").status_code == 204
    assert caller.get("/presets/mine/").json()["code"] == "preset_not_found"


def test_a_stranger_finds_nothing_of_it(calling: Calling, member: User, stranger: User) -> None:
    calling(member).post("/presets/", name="Mine")
    other = calling(stranger)
    assert other.get("/presets/").json() == {"results": []}
    for refused in (
        other.get("/presets/mine/"),
        other.put("/presets/mine/", name="x"),
        other.delete("/presets/mine/"),
        other.get("/presets/mine/export/"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (404, "preset_not_found")


def test_the_sites_presets_stay_as_they_are(calling: Calling, member: User, presets: None) -> None:
    for refused in (
        calling(member).put("/presets/chat/", name="x"),
        calling(member).delete("/presets/chat/"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (403, "preset_not_own")


def test_without_a_token_nobody_sees_presets(nobody: APIClient, db: None) -> None:
    assert nobody.get("/api/v1/presets/").status_code == 401


def test_both_forms_are_imported_and_exported(calling: Calling, member: User) -> None:
    caller = calling(member)
    flat = caller.post("/presets/import/", name="Flat", **FLAT)
    assert flat.status_code == 201
    assert flat.json()["parameters"]["stop"] == ["User:", "Assistant:"]
    full = caller.get("/presets/flat/export/").json()
    assert full == {"name": "Flat", "parameters": flat.json()["parameters"]}
    exported = caller.get("/presets/flat/export/", form="flat").json()
    assert {name: exported[name] for name in FLAT} == FLAT
    again = caller.post("/presets/import/", **full | {"name": "Again"})
    assert again.json()["parameters"] == full["parameters"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b'{"name": "x", "temperature": 0.7', 400, "parse_error"),
        (b"[]", 400, "preset_file_broken"),
        (b'{"name": "x"}', 400, "preset_file_broken"),
        (b'{"temperature": 0.7}', 400, "preset_name_invalid"),
        (b'{"name": "x", "temperature": "hot"}', 400, "parameter_type"),
        (b'{"name": "x", "temperature": 7}', 400, "parameter_out_of_range"),
        (b'{"name": "x", "warmth": 1}', 400, "parameter_unknown"),
        (b'{"name": "x", "stop": [""]}', 400, "stop_empty"),
        (b'{"name": "' + b"x" * 1024 * 1024 + b'"}', 413, "body_too_large"),
    ],
)
def test_a_wrong_import_has_its_code_and_keeps_nothing(
    calling: Calling, member: User, body: bytes, status: int, code: str
) -> None:
    caller = calling(member)
    refused = caller.post_raw("/presets/import/", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json()["message"]
    assert caller.get("/presets/").json()["results"] == []


def test_parameters_must_be_an_object(calling: Calling, member: User) -> None:
    refused = calling(member).post_raw(
        "/presets/", json.dumps({"name": "x", "parameters": [1]}).encode()
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
