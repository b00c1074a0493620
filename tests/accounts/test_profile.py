"""What people change about themselves."""

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db

PROFILE = "/accounts/profile/"


@pytest.fixture
def browser(client: Client, member: User) -> Client:
    """The member's."""
    client.force_login(member)
    return client


def test_a_name_a_language_and_a_look_are_kept(browser: Client, member: User) -> None:
    answer = browser.post(PROFILE, {"name": "小明", "language": "ja", "theme": "dark"}, follow=True)
    member.refresh_from_db()
    assert (member.name, member.language, member.theme) == ("小明", "ja", "dark")
    assert browser.cookies["theme"].value == "dark"
    page = " ".join(answer.content.decode().split())
    assert '<html lang="ja" data-theme="dark"' in page
    assert "小明" in page


def test_without_a_name_the_handle_is_shown(browser: Client, member: User) -> None:
    browser.post(PROFILE, {"name": "  ", "language": "en", "theme": "system"})
    member.refresh_from_db()
    assert member.shown_name == "member"


@pytest.mark.parametrize(
    "fields",
    [{"language": "tlh"}, {"theme": "neon"}, {"name": "\u202ereversed"}, {"name": "x" * 65}],
)
def test_a_wrong_value_changes_nothing(
    browser: Client, member: User, fields: dict[str, str]
) -> None:
    given = {"name": "New", "language": "en", "theme": "light", **fields}
    assert browser.post(PROFILE, given).status_code == 200
    member.refresh_from_db()
    assert (member.name, member.language, member.theme) == ("", "zh-hant", "system")


def test_nobody_makes_themselves_staff(browser: Client, member: User) -> None:
    given = {"name": "New", "language": "en", "theme": "light", "is_staff": "1", "username": "root"}
    browser.post(PROFILE, given)
    member.refresh_from_db()
    assert (member.name, member.is_staff, member.username) == ("New", False, "member")


def test_a_stranger_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(PROFILE)
    assert answer.headers["Location"] == f"/accounts/login/?next={PROFILE}"


def test_a_name_is_shown_as_text(browser: Client, member: User) -> None:
    browser.post(PROFILE, {"name": "<b>bold", "language": "en", "theme": "light"})
    assert "&lt;b&gt;bold" in browser.get(PROFILE).content.decode()
