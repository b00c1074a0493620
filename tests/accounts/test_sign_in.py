"""Sign-in on the page: by handle or address, limited, and shut while nobody can count."""

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from accounts.services.access import disable_user
from echomind.stack.ports import free_port
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def ming() -> User:
    """A person with an address."""
    return make_person("ming", email="ming@example.org")


@pytest.fixture
def no_redis(settings: Settings) -> None:
    """Nothing listens where the limits are counted."""
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": nobody}}


def sign_in(client: Client, login: str, password: str = PASSWORD) -> bool:
    """Fill in the page; whether it let us in."""
    client.post(LOGIN, {"login": login, "password": password}, headers=ENGLISH)
    return client.get("/accounts/profile/").status_code == 200


@pytest.mark.parametrize("login", ["ming", "MING", " ming ", "ming@example.org"])
def test_a_handle_or_an_address_lets_one_in(client: Client, ming: User, login: str) -> None:
    assert sign_in(client, login)


@pytest.mark.parametrize(
    ("login", "password"),
    [("ming", "wrong"), ("nobody", PASSWORD), ("nobody@example.org", PASSWORD), ("ming", "")],
)
def test_anything_else_does_not(client: Client, ming: User, login: str, password: str) -> None:
    assert not sign_in(client, login, password)


def test_a_disabled_person_is_told_so_and_kept_out(client: Client, ming: User) -> None:
    disable_user(user=ming)
    answer = client.post(LOGIN, {"login": "ming", "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/inactive/"
    assert client.get("/accounts/profile/").status_code == 302


def test_an_assistant_cannot_sign_in(client: Client, assistant: User) -> None:
    assert not sign_in(client, assistant.username, "!")


def test_a_way_back_is_followed_only_within_the_site(client: Client, ming: User) -> None:
    fields = {"login": "ming", "password": PASSWORD}
    away = client.post(LOGIN, {**fields, "next": "https://elsewhere.example/"})
    assert away.headers["Location"] == "/"
    client.logout()
    back = client.post(LOGIN, {**fields, "next": "/accounts/profile/"})
    assert back.headers["Location"] == "/accounts/profile/"


def test_guessing_is_stopped_even_when_the_guess_is_right_at_last(
    client: Client, ming: User
) -> None:
    assert [sign_in(client, "ming", f"guess {number}") for number in range(5)] == [False] * 5
    assert not sign_in(client, "ming")


def test_without_the_counter_nobody_gets_in_and_the_page_says_so(
    client: Client, ming: User, no_redis: None
) -> None:
    answer = client.post(LOGIN, {"login": "ming", "password": PASSWORD}, headers=ENGLISH)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "Try again" in answer.content.decode()
    assert client.get("/accounts/profile/").status_code == 302


def test_without_the_counter_the_api_gives_no_token(
    client: Client, ming: User, no_redis: None
) -> None:
    body = {"username": "ming", "password": PASSWORD}
    answer = client.post("/api/v1/auth/token/", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (503, "limits_down")


def test_without_the_counter_who_is_signed_in_stays(
    client: Client, ming: User, no_redis: None
) -> None:
    client.force_login(ming)
    assert client.get("/accounts/profile/").status_code == 200


def test_the_admin_has_no_login_of_its_own(client: Client, ming: User) -> None:
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.headers["Location"].startswith(LOGIN)


def test_passwords_are_kept_with_argon2() -> None:
    from echomind.settings import security

    assert [name.rpartition(".")[2] for name in security.PASSWORD_HASHERS] == [
        "Argon2PasswordHasher"
    ]


def test_waits_for_the_counter_are_bounded() -> None:
    options = settings.CACHES["default"]["OPTIONS"]
    assert 0 < options["socket_timeout"] <= 2
    assert 0 < options["socket_connect_timeout"] <= 2
