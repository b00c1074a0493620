"""Access that is taken away: who is told, and when."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.api import access_revoked
from accounts.models import User
from accounts.services.access import change_password, disable_user, log_out_everywhere
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)

News = list[tuple[int, str | None]]


@pytest.fixture
def news() -> Iterator[News]:
    """What accounts told other apps, as (user, session)."""
    heard: News = []

    def hear(*, user_id: int, session_key: str | None, **_: Any) -> None:
        heard.append((user_id, session_key))

    access_revoked.connect(hear)
    yield heard
    access_revoked.disconnect(hear)


def test_a_disabled_member_is_told_of_as_a_whole(member: User, news: News) -> None:
    disable_user(user=member)
    assert news == [(member.pk, None)]


def test_signing_out_everywhere_is_told_of_as_a_whole(member: User, news: News) -> None:
    log_out_everywhere(user=member)
    assert news == [(member.pk, None)]


def test_a_new_password_is_told_of_as_a_whole(member: User, news: News) -> None:
    change_password(user=member, password="another long password")
    assert news == [(member.pk, None)]


def test_nothing_is_told_before_the_commit(member: User, news: News) -> None:
    with transaction.atomic():
        disable_user(user=member)
        assert news == []
    assert news == [(member.pk, None)]


def test_nothing_is_told_of_what_was_rolled_back(member: User, news: News) -> None:
    with transaction.atomic():
        disable_user(user=member)
        transaction.set_rollback(True)
    assert news == []
    member.refresh_from_db()
    assert member.is_active


@pytest.mark.parametrize("page", ["/accounts/logout/", "/admin/logout/"])
def test_a_logout_is_told_of_with_its_session_which_is_gone_by_then(
    page: str, member: User
) -> None:
    member.is_staff = True
    member.save()
    browser, other = Client(), Client()
    browser.force_login(member)
    other.force_login(member)
    key = browser.session.session_key
    seen: list[tuple[str | None, bool]] = []

    def look(*, session_key: str | None, **_: Any) -> None:
        seen.append((session_key, browser.session.exists(session_key)))

    access_revoked.connect(look)
    browser.post(page)
    access_revoked.disconnect(look)
    assert seen == [(key, False)]
    assert browser.get("/accounts/profile/").status_code == 302
    assert other.get("/accounts/profile/").status_code == 200


def test_a_get_does_not_log_out(client: Client, member: User, news: News) -> None:
    client.force_login(member)
    client.get("/accounts/logout/")
    assert news == []
    assert client.get("/accounts/profile/").status_code == 200


def test_a_listener_that_fails_gives_no_access_back(client: Client, member: User) -> None:
    def fail(**_: Any) -> None:
        raise ConnectionError

    access_revoked.connect(fail)
    disable_user(user=member)
    access_revoked.disconnect(fail)
    assert not client.login(username="member", password=PASSWORD)


def test_who_signs_out_everywhere_must_sign_in_again(member: User, news: News) -> None:
    browser, other = Client(), Client()
    browser.force_login(member)
    other.force_login(member)
    answer = browser.post("/accounts/sign-out-everywhere/")
    assert answer.headers["Location"] == "/accounts/login/"
    assert [tab.get("/accounts/profile/").status_code for tab in (browser, other)] == [302, 302]
    assert (member.pk, None) in news
