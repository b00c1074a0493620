"""Which language the site speaks, and to whom."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import get_language
from pytest_django import DjangoAssertNumQueries

from accounts.middleware import LanguageMiddleware
from accounts.models import User

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [
        ("zh-TW", "zh-hant"),
        ("zh-HK,zh;q=0.9", "zh-hant"),
        ("zh", "zh-hant"),
        ("zh-CN", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"),
        ("ja-JP,en;q=0.5", "ja"),
        ("ko", "ko"),
        ("en-GB", "en"),
        ("fr", "zh-hant"),
        ("", "zh-hant"),
    ],
)
def test_a_stranger_is_answered_in_the_language_of_the_browser(wanted: str, spoken: str) -> None:
    answer = Client().get(LOGIN, headers={"accept-language": wanted})
    assert answer.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in answer.content.decode()


def test_hints_and_errors_of_libraries_speak_as_politely_as_the_site(client: Client) -> None:
    chinese = {"accept-language": "zh-TW"}
    fields = {"username": "ming", "password1": "123", "password2": "123", "language": "zh-hant"}
    for answer in (
        client.get("/accounts/signup/", headers=chinese),
        client.post("/accounts/signup/", fields, headers=chinese),
    ):
        page = answer.content.decode()
        assert "您的密碼不能全是數字。" in page
        assert "你" not in page


def test_the_choice_of_a_stranger_is_kept(client: Client) -> None:
    client.post("/accounts/language/", {"language": "ko", "next": LOGIN})
    assert client.get(LOGIN).headers["Content-Language"] == "ko"


def test_the_choice_of_a_member_follows_to_every_device(client: Client, member: User) -> None:
    client.force_login(member)
    client.post("/accounts/language/", {"language": "ja", "next": LOGIN})
    elsewhere = Client(headers={"accept-language": "en"})
    elsewhere.force_login(member)
    assert elsewhere.get("/accounts/profile/").headers["Content-Language"] == "ja"


def test_a_language_the_site_does_not_speak_is_not_kept(client: Client, member: User) -> None:
    client.force_login(member)
    client.post("/accounts/language/", {"language": "tlh", "next": LOGIN})
    member.refresh_from_db()
    assert member.language == "zh-hant"


def test_the_switch_leads_nowhere_else(client: Client) -> None:
    answer = client.post(
        "/accounts/language/", {"language": "ko", "next": "https://elsewhere.example/"}
    )
    assert "elsewhere" not in answer.headers["Location"]


def test_switching_needs_a_post(client: Client) -> None:
    assert client.get("/accounts/language/?language=ko").status_code == 405


def test_an_avatar_reads_no_session(
    client: Client, member: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(member)
    with django_assert_num_queries(0):
        answer = client.get("/avatars/pixel/member.svg")
    assert answer.status_code == 200
    assert "Cookie" not in answer.headers.get("Vary", "")


async def test_an_async_answer_is_in_the_language_of_the_member() -> None:
    async def member() -> User:
        return User(username="member", language="ja")

    async def speak(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{get_language()} {request.user.get_username()}")

    request = RequestFactory().get("/")
    request.auser = member  # type: ignore[method-assign]  # what the authentication leaves there
    answer = await LanguageMiddleware(speak)(request)  # type: ignore[misc, arg-type]
    assert answer.content == b"ja member"
