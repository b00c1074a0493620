"""Sign-up on the page and over the API: the same rules, told in words."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db

API = "/api/v1/auth/signup/"
PAGE = "/accounts/signup/"
ENGLISH = {"accept-language": "en"}


def sign_up(client: Client, username: str = "ming", **fields: str) -> Any:
    """The API's answer."""
    body = {"username": username, "password": PASSWORD, **fields}
    return client.post(API, body, "application/json", headers=ENGLISH)


def page_fields(username: str = "ming", **fields: str) -> dict[str, str]:
    """A filled-in form of the page."""
    given = {"username": username, "name": "", "language": "ja", "email": ""}
    return {**given, "password1": PASSWORD, "password2": PASSWORD, **fields}


def test_the_page_makes_an_account_and_signs_it_in(client: Client) -> None:
    answer = client.post(PAGE, page_fields(name="  小  明 ", email="ming@example.org"))
    assert answer.headers["Location"] == "/"
    user = User.objects.get(username="ming")
    assert (user.name, user.language, user.email) == ("小 明", "ja", "ming@example.org")
    assert client.get("/accounts/profile/").context["account"] == user


def test_the_page_tells_the_password_rules_before_anything_is_typed(client: Client) -> None:
    assert "at least 8 characters" in client.get(PAGE, headers=ENGLISH).content.decode()


def test_a_refusal_puts_the_focus_where_something_must_be_mended(client: Client) -> None:
    page = client.post(PAGE, page_fields(username="", password2="another long password"))
    assert [field.name for field in page.context["form"] if "autofocus" in str(field)] == [
        "username"
    ]
    assert "autofocus" not in client.get(PAGE).content.decode()


def test_two_different_passwords_make_no_account(client: Client) -> None:
    answer = client.post(PAGE, page_fields(password2="another long password"))
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_the_api_answers_with_the_account_and_without_the_password(client: Client) -> None:
    answer = sign_up(client, "Ming", name="小明", language="zh-hant", email="Ming@example.org")
    assert answer.status_code == 201
    user = User.objects.get()
    assert answer.json() == {
        "id": user.pk,
        "username": "ming",
        "name": "小明",
        "language": "zh-hant",
        "email": "ming@example.org",
    }


def test_an_account_needs_no_more_than_a_handle_and_a_password(client: Client) -> None:
    answer = sign_up(client)
    assert (answer.json()["name"], answer.json()["language"]) == ("ming", "en")
    assert User.objects.get().name == ""


@pytest.mark.parametrize(
    "username",
    [
        "ab", "a" * 33, "with space", "小明", "-dash-first", "dot-last.", "a@b.example", "a/b",
        "admin", "Everyone", "ALL", "here", "EchoMind", "tab\ttab", "null\x00byte", "ｍｉｎｇ①",
    ],
)  # fmt: skip
def test_a_handle_against_the_rules_is_refused(client: Client, username: str) -> None:
    answer = sign_up(client, username)
    assert answer.status_code == 400
    assert list(answer.json()["data"]) == ["username"]
    assert not User.objects.exists()


@pytest.mark.parametrize("username", ["abc", "a" * 32, "ming_2", "a.b-c", "_ming_", "007"])
def test_a_handle_by_the_rules_is_taken(client: Client, username: str) -> None:
    assert sign_up(client, username).status_code == 201


def test_the_same_handle_in_other_letters_is_taken(client: Client, member: User) -> None:
    answer = sign_up(client, "MEMBER")
    assert answer.status_code == 400
    assert answer.json()["data"] == {"username": ["This handle is taken."]}


def test_an_assistants_handle_is_taken(client: Client, assistant: User) -> None:
    assert sign_up(client, assistant.username).status_code == 400


@pytest.mark.parametrize("password", ["short", "12345678901", "password123", "ming-the-great"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    answer = sign_up(client, "ming-the-great", password=password)
    assert answer.status_code == 400
    assert list(answer.json()["data"]) == ["password"]


def test_an_address_belongs_to_one_account(client: Client) -> None:
    sign_up(client, "first", email="ming@example.org")
    answer = sign_up(client, "second", email="MING@example.org")
    assert list(answer.json()["data"]) == ["email"]


@pytest.mark.parametrize(
    "name", ["\u202egnim", "a\x07b", "x" * 65], ids=["direction", "bell", "long"]
)
def test_a_name_that_misleads_is_refused(client: Client, name: str) -> None:
    assert list(sign_up(client, name=name).json()["data"]) == ["name"]


def test_a_body_that_is_no_object_is_refused(client: Client) -> None:
    answer = client.post(API, "[1", "application/json")
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "data"}


def test_too_many_sign_ups_from_one_address_are_refused(client: Client) -> None:
    codes = [sign_up(client, "x").status_code for _ in range(21)]
    assert codes == [400] * 20 + [429]
    assert sign_up(client).json()["code"] == "too_many_attempts"
