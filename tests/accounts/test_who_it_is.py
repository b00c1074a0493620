"""Sessions and tokens lead to the people behind them, in few statements, and only while welcome."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.api import users_by_session, users_by_token
from accounts.models import User
from accounts.services.access import change_password, disable_user, log_out_everywhere
from accounts.tokens import issue_tokens
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def session_of(user: User) -> str:
    """The key of a new session in which the user is signed in."""
    browser = Client()
    browser.force_login(user)
    key = browser.session.session_key
    assert key
    return key


def token_of(user: User) -> str:
    """A new access token of the user."""
    return issue_tokens(user).access


@pytest.mark.parametrize(
    ("credential_of", "find"), [(session_of, users_by_session), (token_of, users_by_token)]
)
class TestEitherCredential:
    def test_it_leads_to_its_owner(self, owner: User, member: User, credential_of, find) -> None:
        theirs, ours = credential_of(member), credential_of(owner)
        assert find([theirs, ours, "unknown"]) == {theirs: member, ours: owner}

    @pytest.mark.parametrize("take_away", [disable_user, log_out_everywhere])
    def test_it_ends_with_the_access(self, owner, member, take_away, credential_of, find) -> None:
        theirs, ours = credential_of(member), credential_of(owner)
        take_away(user=member)
        assert find([theirs, ours]) == {ours: owner}

    def test_it_ends_with_the_password(self, member: User, credential_of, find) -> None:
        old = credential_of(member)
        change_password(user=member, password="another long password")
        new = credential_of(member)
        assert find([old, new]) == {new: member}

    def test_it_ends_with_its_time(self, member: User, credential_of, find) -> None:
        theirs = credential_of(member)
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            assert find([theirs]) == {}

    def test_any_number_takes_two_statements(
        self, credential_of, find, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        keys = [credential_of(make_person(f"person-{number}")) for number in range(20)]
        with django_assert_max_num_queries(2):
            assert len(find(keys)) == 20

    def test_nothing_is_asked_for_nobody(
        self, credential_of, find, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_num_queries(0):
            assert find([]) == {}


def test_a_session_of_nobody_leads_to_nobody() -> None:
    browser = Client()
    session = browser.session
    session["language"] = "ja"
    session.save()
    assert users_by_session([str(session.session_key)]) == {}


def test_a_refresh_token_is_no_access_token(member: User) -> None:
    assert users_by_token([issue_tokens(member).refresh]) == {}


def test_a_token_signed_with_another_key_is_worth_nothing(member: User) -> None:
    header, payload, signature = token_of(member).split(".")
    forged = ".".join([header, payload, signature[::-1]])
    assert users_by_token([forged, "", "a.b.c", "\x00"]) == {}


def test_an_assistant_is_never_signed_in(assistant: User) -> None:
    token, key = token_of(assistant), session_of(assistant)
    assert users_by_token([token]) == {}
    assert users_by_session([key]) == {}


def test_tokens_live_for_minutes_and_refresh_tokens_for_days() -> None:
    assert settings.SIMPLE_JWT["ACCESS_TOKEN_LIFETIME"] == timedelta(minutes=15)
    assert settings.SIMPLE_JWT["REFRESH_TOKEN_LIFETIME"] == timedelta(days=14)


def test_a_forged_key_does_not_keep_the_others_out(member: User) -> None:
    key = session_of(member)
    assert users_by_session(["no row holds \0", key]) == {key: member}
