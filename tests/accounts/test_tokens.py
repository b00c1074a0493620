"""Tokens over the API: for a password, renewed by a refresh token, ended with the access."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services.access import change_password, disable_user, log_out_everywhere
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

TOKEN = "/api/v1/auth/token/"
REFRESH = "/api/v1/auth/token/refresh/"
SOMETHING = "/api/v1/rooms/"


def ask(client: Client, path: str, **body: Any) -> Any:
    """The answer to a posted body."""
    return client.post(path, body, "application/json", headers={"accept-language": "en"})


def opens(client: Client, access: str) -> bool:
    """Whether the token opens the API."""
    answer = client.get(SOMETHING, headers={"authorization": f"Bearer {access}"})
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


@pytest.fixture
def pair(client: Client, member: User) -> dict[str, Any]:
    """The member's tokens."""
    answer = ask(client, TOKEN, username="member", password=PASSWORD)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_a_password_gives_a_pair_that_no_cache_keeps(client: Client, member: User) -> None:
    answer = ask(client, TOKEN, username="Member", password=PASSWORD)
    assert set(answer.json()) == {"access", "refresh", "expires_in"}
    assert answer.json()["expires_in"] == 900
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_token_opens_the_api_until_its_time_is_over(client: Client, pair: Any) -> None:
    assert opens(client, pair["access"])
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert not opens(client, pair["access"])


@pytest.mark.parametrize("password", ["wrong", PASSWORD + " "])
def test_a_wrong_password_gives_none(client: Client, member: User, password: str) -> None:
    answer = ask(client, TOKEN, username="member", password=password)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")


def test_an_address_is_no_handle(client: Client) -> None:
    make_person("ming", email="ming@example.org")
    answer = ask(client, TOKEN, username="ming@example.org", password=PASSWORD)
    assert answer.status_code == 401


def test_a_missing_field_is_named(client: Client) -> None:
    answer = ask(client, TOKEN, username="member")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert list(answer.json()["data"]) == ["password"]


def test_a_null_byte_is_a_wrong_handle_and_no_failure(client: Client, member: User) -> None:
    assert ask(client, TOKEN, username="mem\x00ber", password=PASSWORD).status_code in (400, 401)


def test_guessing_is_stopped(client: Client, member: User) -> None:
    guesses = [ask(client, TOKEN, username="member", password=f"{n}") for n in range(6)]
    assert [answer.status_code for answer in guesses] == [401] * 5 + [429]
    assert guesses[-1].json()["code"] == "too_many_attempts"
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert ask(client, TOKEN, username="member", password=PASSWORD).status_code == 429


def test_success_uses_nothing_of_the_limit(client: Client, member: User) -> None:
    answers = [ask(client, TOKEN, username="member", password=PASSWORD) for _ in range(12)]
    assert {answer.status_code for answer in answers} == {200}


def test_a_refresh_token_gives_a_new_pair(client: Client, pair: Any) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=13)):
        answer = ask(client, REFRESH, refresh=pair["refresh"])
        assert answer.status_code == 200
        assert opens(client, answer.json()["access"])


def test_a_refresh_token_ends_after_two_weeks(client: Client, pair: Any) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert ask(client, REFRESH, refresh=pair["refresh"]).status_code == 401


def test_neither_token_does_the_others_work(client: Client, pair: Any) -> None:
    assert ask(client, REFRESH, refresh=pair["access"]).status_code == 401
    assert not opens(client, pair["refresh"])


def _new_password(*, user: User) -> None:
    change_password(user=user, password="another long password")


@pytest.mark.parametrize("take_away", [disable_user, log_out_everywhere, _new_password])
def test_tokens_end_with_the_access(client: Client, member: User, pair: Any, take_away) -> None:
    take_away(user=member)
    assert not opens(client, pair["access"])
    answer = ask(client, REFRESH, refresh=pair["refresh"])
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")


def test_a_disabled_member_gets_no_token(client: Client, member: User) -> None:
    disable_user(user=member)
    answer = ask(client, TOKEN, username="member", password=PASSWORD)
    assert (answer.status_code, answer.json()["code"]) == (401, "wrong_credentials")


def test_an_assistant_gets_no_token(client: Client, assistant: User) -> None:
    assert ask(client, TOKEN, username=assistant.username, password="!").status_code == 401


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer a b", "Bearer x", "Token x", "Bearer \x00", "bearer", ""]
)
def test_a_header_that_is_no_token_opens_nothing(client: Client, header: str) -> None:
    answer = client.get(SOMETHING, headers={"authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert set(answer.json()) == {"code", "message", "data"}
