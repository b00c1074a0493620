"""What people see of an AI's memory: the pane, “Remember this”, and the meter on the composer."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from chat.models import Membership, Room
from tests.browser.visitor import Visitor

SAID = "My cat is called Momo"


def remember(visitor: Visitor, text: str) -> None:
    """Let the AI remember a message that is on the page."""
    visitor.act(visitor.row(text), "remember")
    visitor.page.click("#side button[type=submit]")
    expect(visitor.page.locator("#side .facts")).to_contain_text(text)


def open_form(page: Page, sentence: str) -> None:
    page.locator("#side summary").filter(has_text=sentence).first.click()


def test_a_message_is_remembered_corrected_and_forgotten(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    owner.say(SAID)
    remember(owner, SAID)
    page = owner.page
    open_form(page, "Correct or forget")
    page.locator("#side .facts textarea").first.fill("The cat is called Pixel")
    page.locator("#side [value=save-fact]").first.click()
    expect(page.locator("#side .facts")).to_contain_text("The cat is called Pixel")
    expect(page.locator("#side [role=status]")).to_contain_text("The next answer uses it")
    member.page.locator(".room-head [data-side$='/memory/']").click()
    expect(member.page.locator("#side .facts")).to_contain_text("The cat is called Pixel")
    open_form(page, "Correct or forget")
    page.locator("#side [value=delete-fact]").first.click()
    expect(page.locator("#side .facts")).not_to_contain_text("Pixel")


def test_a_fact_leads_to_its_message(both_inside: str, owner: Visitor) -> None:
    owner.say(SAID)
    remember(owner, SAID)
    owner.page.locator("#side .quote-link").first.click()
    expect(owner.row(SAID)).to_be_focused()


def test_a_deleted_message_takes_its_fact_along(both_inside: str, owner: Visitor) -> None:
    owner.say(SAID)
    remember(owner, SAID)
    owner.page.locator("#side [data-do=close-side]").click()
    owner.act(owner.row(SAID), "delete")
    owner.page.click("#confirm [value=delete]")
    expect(owner.row(SAID)).to_have_count(0)
    owner.page.locator(".room-head [data-side$='/memory/']").click()
    expect(owner.page.locator("#side .memory")).to_be_visible()
    expect(owner.page.locator("#side .facts")).not_to_contain_text(SAID)


def test_clearing_asks_first(both_inside: str, owner: Visitor) -> None:
    owner.say(SAID)
    remember(owner, SAID)
    page = owner.page
    expect(page.locator("#side [value=clear]").first).to_be_hidden()
    open_form(page, "Clear this memory")
    page.locator("#side [value=clear]").first.click()
    expect(page.locator("#side .facts")).not_to_contain_text(SAID)
    expect(owner.row(SAID)).to_have_count(1)


def test_the_meter_shows_the_context_while_an_ai_is_addressed(
    both_inside: str, owner: Visitor
) -> None:
    page = owner.page
    meter = page.locator("#context")
    expect(meter).to_be_hidden()
    owner.ask("Hello, who are you?")
    expect(meter).to_be_visible()
    expect(owner.answers).to_have_count(1)
    before = meter.locator("meter").evaluate("meter => meter.value")
    owner.ask("And what is your name?")
    expect(owner.answers).to_have_count(2)
    page.wait_for_function(
        "before => document.querySelector('#context meter').value > before", arg=before
    )
    expect(meter).to_have_accessible_name(re.compile(r"Context: about \d+ of 1,200 tokens"))
    page.click("#addressee")
    page.locator("#addressee-menu .menu-item").first.click()  # everyone
    expect(meter).to_be_hidden()


@pytest.fixture
def reading(
    room: str, visitor: Callable[..., Visitor], on_site: Callable[[Callable[[], object]], object]
) -> Visitor:
    """May read in the room, on a phone, in Traditional Chinese."""
    one = visitor("reader", phone=True, language="zh-hant")

    def join() -> None:
        Membership.objects.create(
            room=Room.objects.get(slug=room),
            user=User.objects.get(username=one.username),
            role="reader",
        )

    on_site(join)
    return one


def test_a_reader_on_a_phone_sees_the_memory_in_chinese_and_no_forms(
    room: str, reading: Visitor, owner: Visitor
) -> None:
    owner.enter(room)
    owner.say(SAID)
    remember(owner, SAID)
    page = reading.enter(room)
    page.locator(".room-head [data-side$='/memory/']").click()
    expect(page.locator("#side-title")).to_have_text("AI 記得什麼")
    expect(page.locator("#side .facts")).to_contain_text(SAID)
    expect(page.locator("#side form")).to_have_count(0)
    page.locator("#side .quote-link").first.click()
    expect(page.locator("#side")).to_be_hidden()
    expect(reading.row(SAID)).to_be_focused()
