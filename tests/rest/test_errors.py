"""One shape for every error, in the language that was asked for."""

from collections.abc import Mapping
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.test import APIClient

from accounts.models import User
from chat.errors import QueueFullError, RoomNotFoundError, TooManyMessagesError
from chat.models import Room
from echomind.common.rest_errors import answer
from tests.rest.conftest import Calling


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RoomNotFoundError(), 404, "room_not_found"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "permission_denied"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.UnsupportedMediaType("text/csv"), 415, "unsupported_media_type"),
        (exceptions.ParseError(), 400, "parse_error"),
    ],
)
def test_every_refusal_has_the_one_shape(error: Exception, status: int, code: str) -> None:
    refused = answer(error, {})
    assert refused is not None
    assert set(refused.data) == {"code", "message", "data"}
    assert (refused.status_code, refused.data["code"]) == (status, code)
    assert refused.data["message"]


@pytest.mark.parametrize("error", [QueueFullError(limit=10), OperationalError("no connection")])
def test_what_may_work_later_says_when(error: Exception) -> None:
    refused = answer(error, {})
    assert refused is not None
    assert int(refused.headers["Retry-After"]) > 0


def test_what_knows_when_it_may_work_says_so() -> None:
    refused = answer(TooManyMessagesError(retry_after_s=37), {})
    assert refused is not None
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "37")


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("get", "/rooms/%00/", {}, "room_not_found"),
        ("post", "/rooms/%00/join/", {}, "room_not_found"),
        ("post", "/invitations/%00/accept/", {}, "invitation_not_found"),
        ("patch", "/rooms/{room}/members/%00/", {"role": "reader"}, "user_not_found"),
        ("post", "/rooms/{room}/members/", {"username": "\0"}, "user_not_found"),
        ("post", "/direct-messages/", {"username": "\0"}, "user_not_found"),
        ("post", "/rooms/", {"name": "\0", "kind": "private", "style": "comic"}, "room_invalid"),
        ("patch", "/rooms/{room}/", {"topic": "turned \u202e cipot"}, "room_invalid"),
    ],
)
def test_what_no_row_can_hold_is_not_found_or_refused(
    calling: Calling, owner: User, room: Room, method: str, path: str, body: Any, code: str
) -> None:
    refused = getattr(calling(owner), method)(path.format(room=room.slug), **body)
    assert refused.json()["code"] == code


def test_a_throttled_caller_is_told_how_long_to_wait() -> None:
    refused = answer(exceptions.Throttled(wait=7.2), {})
    assert refused is not None
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "8")
    assert refused.data["data"] == {"retry_after_s": 8}


def test_an_error_nobody_has_named_is_left_to_django() -> None:
    assert answer(KeyError("x"), {}) is None


def test_nested_fields_are_told_in_one_list() -> None:
    error = exceptions.ValidationError({"to": {"kind": ["No."], "username": ["Nor that."]}})
    refused = answer(error, {})
    assert refused is not None
    assert refused.data["data"] == {"to": ["No.", "Nor that."]}


def test_an_unknown_path_of_the_api_is_answered_in_the_shape(client: Client, db: None) -> None:
    refused = client.get("/api/v1/no-such-path/")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


def test_an_unknown_page_is_a_page(client: Client, db: None) -> None:
    refused = client.get("/no-such-page/")
    assert refused.status_code == 404
    assert refused.headers["Content-Type"].startswith("text/html")


def test_a_failure_nobody_has_named_is_answered_in_the_shape(
    owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.rest.rooms.room_page", _break)
    client = APIClient(raise_request_exception=False)
    client.force_authenticate(owner)
    refused = client.get("/api/v1/rooms/")
    assert (refused.status_code, refused.json()["code"]) == (500, "internal_error")


def test_a_method_that_is_not_there_is_refused(calling: Calling, owner: User) -> None:
    refused = calling(owner).delete("/rooms/")
    assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("language", ["zh-hant", "en", "ja", "ko"])
def test_the_sentence_is_in_the_language_asked_for(client: Client, db: None, language: str) -> None:
    refused = client.get("/api/v1/no-such-path/", headers={"accept-language": language})
    assert refused.headers["Content-Language"] == language
    with translation.override(language):
        assert refused.json()["message"] == _("There is nothing at this address.")


def _break(*_: Any) -> Mapping[str, object]:
    raise KeyError("a bug")
