"""The message field: addressees, drafts, limits."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from chat.models import Membership, Room
from chat.selectors.members import LISTED
from chat.types import MAX_TEXT as LIMIT
from tests.browser.conftest import OnSite
from tests.browser.visitor import Visitor


def test_shift_enter_breaks_the_line_and_the_field_grows(both_inside: str, owner: Visitor) -> None:
    field = owner.page.locator("#text")
    field.fill("one")
    low = field.bounding_box()
    field.press("Shift+Enter")
    field.press_sequentially("two")
    high = field.bounding_box()
    expect(field).to_have_value("one\ntwo")
    assert low
    assert high
    assert high["height"] > low["height"]


def test_at_picks_the_assistant_as_addressee(both_inside: str, owner: Visitor) -> None:
    owner.page.locator("#text").press_sequentially("@e")
    expect(owner.page.locator("#mentions [aria-selected=true]")).to_contain_text("@echo")
    owner.page.press("#text", "Enter")
    expect(owner.page.locator("#text")).to_have_value("")
    expect(owner.page.locator("#addressee")).to_contain_text("EchoMind")
    owner.page.fill("#text", "who are you")
    owner.page.press("#text", "Enter")
    expect(owner.hears("who are you").locator(".to")).to_contain_text("EchoMind")
    expect(owner.answers).to_have_count(1)


def test_at_finds_members_that_the_page_does_not_name(
    room: str, owner: Visitor, on_site: OnSite[Any]
) -> None:
    crowd = [User(username=f"crowd{number}", name=f"人{number}") for number in range(LISTED)]

    def fill_the_room() -> None:
        people = User.objects.bulk_create(crowd)
        there = Room.objects.get(slug=room)
        Membership.objects.bulk_create(Membership(room=there, user=person) for person in people)

    on_site(fill_the_room)
    owner.enter(room)
    last = crowd[-1].username
    owner.page.locator("#text").press_sequentially(f"@{last}")
    expect(owner.page.locator("#mentions [aria-selected=true]")).to_contain_text(f"@{last}")
    owner.page.press("#text", "Enter")
    expect(owner.page.locator("#addressee")).to_contain_text(crowd[-1].name)
    expect(owner.say("hello").locator(".to")).to_contain_text(crowd[-1].name)


def test_a_name_typed_out_addresses_the_assistant_too(both_inside: str, owner: Visitor) -> None:
    for text in ("who are you, @Echo.", "你好＠ｅｃｈｏ，你是誰"):
        expect(owner.say(text).locator(".to")).to_contain_text("EchoMind")


def test_escape_closes_the_list_and_keeps_the_text(both_inside: str, owner: Visitor) -> None:
    owner.page.locator("#text").press_sequentially("@mem")
    expect(owner.page.locator("#mentions")).to_be_visible()
    owner.page.press("#text", "Escape")
    expect(owner.page.locator("#mentions")).to_be_hidden()
    expect(owner.page.locator("#text")).to_have_value("@mem")


def test_a_draft_is_kept_for_its_room(both_inside: str, owner: Visitor) -> None:
    owner.page.fill("#text", "half a thought")
    owner.enter("comic")
    expect(owner.page.locator("#text")).to_have_value("")
    owner.enter(both_inside)
    expect(owner.page.locator("#text")).to_have_value("half a thought")


@pytest.mark.parametrize("longest", ["字" * LIMIT, "😀" * LIMIT, "\u1112\u1161\u11ab" * LIMIT])
def test_the_page_and_the_server_agree_on_the_longest_text(
    both_inside: str, owner: Visitor, longest: str
) -> None:
    owner.page.fill("#text", longest + longest[0])
    expect(owner.page.locator("#too-long")).to_be_visible()
    expect(owner.page.locator("#send")).to_be_disabled()
    owner.page.press("#text", "Enter")
    expect(owner.page.locator("#outgoing > *")).to_have_count(0)
    owner.page.fill("#text", longest)
    owner.page.press("#text", "Enter")
    expect(owner.page.locator("#rows [data-message]")).to_have_count(1)


def test_in_a_conversation_of_two_the_assistant_is_always_addressed(
    visitor: Callable[..., Visitor],
) -> None:
    person = visitor("person")
    person.visit("/people/?q=echo")
    person.page.click("button[value=echo]")
    expect(person.page.locator("#addressee")).to_be_hidden()
    expect(person.page.locator("html")).to_have_attribute("data-line", "open")
    person.page.fill("#text", "hello")
    person.page.press("#text", "Enter")
    expect(person.answers).to_have_count(1)
