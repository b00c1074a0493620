"""The pages for programmers: complete, valid, and drawn from the classes themselves."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from django.core.management import call_command
from django.test import Client

from chat.realtime import commands, events
from chat.rest import socket_reference
from chat.rest.socket_example import conversation


def test_the_schema_is_valid_and_leaves_no_operation_undescribed(tmp_path: Path) -> None:
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


def test_the_schema_describes_the_wires_themselves(client: Client, db: None) -> None:
    schema = client.get("/api/schema/", headers={"accept": "application/json"}).json()
    message = schema["components"]["schemas"]["Message"]
    assert {"id", "seq", "author", "html", "reply"} <= set(message["properties"])
    assert message["properties"]["author"] == {"$ref": "#/components/schemas/Author"}
    send = schema["paths"]["/api/v1/rooms/{slug}/messages/"]["post"]
    assert {"200", "201", "400", "403", "404", "409", "429"} <= set(send["responses"])
    assert "client_id_conflict" in send["responses"]["409"]["description"]


def test_every_operation_has_a_summary(client: Client, db: None) -> None:
    paths = client.get("/api/schema/", headers={"accept": "application/json"}).json()["paths"]
    operations = [operation for methods in paths.values() for operation in methods.values()]
    assert len(operations) > 20
    assert [one["operationId"] for one in operations if not one.get("summary")] == []


@pytest.mark.parametrize("path", ["/api/docs/", "/api/docs/socket/"])
def test_the_pages_open_without_an_account_and_load_nothing_from_elsewhere(
    client: Client, db: None, path: str
) -> None:
    page = client.get(path)
    assert page.status_code == 200
    loaded = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"', page.content.decode())
    assert loaded
    assert all(address.startswith("/") for address in loaded)


def test_the_socket_page_names_every_command_event_and_close_code(client: Client, db: None) -> None:
    page = client.get("/api/docs/socket/").content.decode()
    kinds = [*get_args(commands.AnyCommand), *socket_reference.event_classes()]
    assert len(kinds) > 25
    for kind in kinds:
        assert f'id="{kind.__struct_config__.tag}"' in page
    for code in socket_reference.CLOSE_CODES:
        assert f"<code>{code}</code>" in page


def test_the_example_is_made_of_frames_that_parse() -> None:
    frames = list(conversation())
    names = {kind.__struct_config__.tag for kind in socket_reference.event_classes()} | {"ack"}
    for frame in frames:
        if frame.to_server:
            assert isinstance(commands.parse(frame.text), commands.Command)
        else:
            assert json.loads(frame.text)["type"] in names
    assert any(frame.to_server for frame in frames)


def test_the_examples_pieces_add_up_to_the_final_text() -> None:
    told = [json.loads(frame.text) for frame in conversation() if not frame.to_server]
    delta, finished = (
        kind.__struct_config__.tag for kind in (events.ReplyDelta, events.ReplyFinished)
    )
    text = ""
    for frame in told:
        if frame["type"] == delta:
            assert frame["offset"] == len(text)
            text += frame["text"]
    (end,) = (frame for frame in told if frame["type"] == finished)
    assert end["message"]["text"].startswith(text)
