"""A new password: for who knows the old one, and for who gets a letter."""

import re

import pytest
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db

NEW = "another long password"
RESET = "/accounts/password/reset/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def ming() -> User:
    """A person with an address, who reads English."""
    return make_person("ming", email="ming@example.org", language="en")


def may_sign_in(password: str) -> bool:
    """Whether the password lets ming in."""
    browser = Client()
    browser.post("/accounts/login/", {"login": "ming", "password": password})
    return browser.get("/accounts/profile/").status_code == 200


def letter_link() -> str:
    """The path in the one letter that was sent."""
    (letter,) = mail.outbox
    found = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", str(letter.body))
    assert found, letter.body
    return found[1]


def open_letter(browser: Client) -> str:
    """Follow the letter's link; the path of the form it leads to."""
    answer = browser.get(letter_link())
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_letter_brings_a_new_password(client: Client, ming: User) -> None:
    client.post(RESET, {"email": "Ming@example.org"}, headers=ENGLISH)
    form = open_letter(client)
    client.post(form, {"password1": NEW, "password2": NEW})
    assert may_sign_in(NEW)
    assert not may_sign_in(PASSWORD)


def test_the_letter_names_the_site_and_the_handle(client: Client, ming: User) -> None:
    client.post(RESET, {"email": "ming@example.org"}, headers=ENGLISH)
    (letter,) = mail.outbox
    assert letter.to == ["ming@example.org"]
    assert letter.subject.startswith("EchoMind: ")
    assert "ming" in letter.body


def test_a_letter_works_once(client: Client, ming: User) -> None:
    client.post(RESET, {"email": "ming@example.org"})
    link = letter_link()
    client.post(open_letter(client), {"password1": NEW, "password2": NEW})
    again = Client().get(link)
    assert again.status_code == 200
    assert "password1" not in again.content.decode()


def test_a_letter_ends_when_the_password_changes(client: Client, ming: User) -> None:
    client.post(RESET, {"email": "ming@example.org"})
    ming.set_password(NEW)
    ming.save()
    assert "password1" not in client.get(letter_link()).content.decode()


def test_a_reset_signs_out_every_device(client: Client, ming: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(ming)
    client.post(RESET, {"email": "ming@example.org"})
    client.post(open_letter(client), {"password1": NEW, "password2": NEW})
    assert elsewhere.get("/accounts/profile/").status_code == 302


def test_the_page_says_the_same_for_an_unknown_address(client: Client, ming: User) -> None:
    known = client.post(RESET, {"email": "ming@example.org"}, follow=True)
    unknown = client.post(RESET, {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [letter.to for letter in mail.outbox] == [["ming@example.org"], ["nobody@example.org"]]
    assert "/reset/key/" not in str(mail.outbox[1].body)


def test_letters_to_one_address_are_limited(client: Client, ming: User) -> None:
    codes = [client.post(RESET, {"email": "ming@example.org"}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_who_knows_the_old_password_changes_it_and_stays(client: Client, ming: User) -> None:
    elsewhere = Client()
    elsewhere.force_login(ming)
    client.force_login(ming)
    fields = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    answer = client.post("/accounts/password/change/", fields)
    assert answer.headers["Location"] == "/accounts/profile/"
    assert client.get("/accounts/profile/").status_code == 200
    assert elsewhere.get("/accounts/profile/").status_code == 302
    assert may_sign_in(NEW)


@pytest.mark.parametrize("fields", [{"oldpassword": "wrong"}, {"password1": "short"}])
def test_a_wrong_old_or_a_weak_new_password_changes_nothing(
    client: Client, ming: User, fields: dict[str, str]
) -> None:
    client.force_login(ming)
    given = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW, **fields}
    assert client.post("/accounts/password/change/", given).status_code == 200
    assert may_sign_in(PASSWORD)
