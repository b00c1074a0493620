"""A room without a mouse: where the focus is after each action, and what keys do."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import PHONE, Visitor
from tests.fakes.model_server import ModelServer


@pytest.fixture
def field(owner: Visitor) -> Locator:
    """Where the owner writes."""
    return owner.page.locator("#text")


def press(visitor: Visitor, *keys: str) -> None:
    """Press keys one after another, on whatever has the focus."""
    for key in keys:
        visitor.page.keyboard.press(key)


def button(visitor: Visitor, action: str) -> Locator:
    """A button of the action bar."""
    return visitor.page.locator(f"#actions [data-do={action}]")


def test_the_button_that_sends_gives_the_focus_back(
    both_inside: str, owner: Visitor, member: Visitor, field: Locator
) -> None:
    field.fill("By the button")
    press(owner, "Tab", "Enter")
    member.hears("By the button")
    expect(field).to_be_focused()


def test_the_button_that_stops_gives_the_focus_back(
    both_inside: str, owner: Visitor, field: Locator, model: ModelServer
) -> None:
    model.set_script(text="Too late.", silence_s=30)
    owner.ask("Wait")
    expect(owner.page.locator("#send")).to_have_attribute("data-does", "stop")
    press(owner, "Tab", "Enter")
    expect(owner.reply).to_have_count(0)
    expect(field).to_be_focused()


def test_deleting_a_message_leads_to_its_neighbour(both_inside: str, owner: Visitor) -> None:
    first, second, third = (owner.say(text) for text in ("first row", "second row", "third row"))
    second.focus()
    button(owner, "delete").press("Enter")
    expect(owner.page.locator("#confirm [value=cancel]")).to_be_focused()
    press(owner, "Tab", "Enter")
    expect(second).to_have_count(0)
    expect(third).to_be_focused()
    press(owner, "ArrowUp")
    expect(first).to_be_focused()


def test_taking_a_reaction_off_leads_to_the_message(both_inside: str, owner: Visitor) -> None:
    row = owner.say("Good news")
    row.focus()
    button(owner, "react").press("Enter")
    press(owner, "Enter")
    expect(button(owner, "react")).to_be_focused()
    row.locator(".reactions .chip").press("Enter")
    expect(row.locator(".reactions .chip")).to_have_count(0)
    expect(row).to_be_focused()


def test_the_reaction_of_another_leaves_the_focus_on_mine(
    both_inside: str, owner: Visitor, member: Visitor
) -> None:
    row = owner.say("Good news")
    owner.act(row, "react")
    press(owner, "Enter")
    chip = row.locator(".reactions .chip")
    chip.focus()
    member.row("Good news").locator(".reactions .chip").click()
    expect(chip).to_contain_text("2")
    expect(chip).to_be_focused()


def test_escape_leads_outwards_and_arrows_along_the_bar(
    both_inside: str, owner: Visitor, field: Locator
) -> None:
    row = owner.say("Here")
    row.focus()
    press(owner, "Tab", "ArrowRight")
    expect(button(owner, "reply")).to_be_focused()
    press(owner, "ArrowLeft", "ArrowLeft")
    expect(button(owner, "delete")).to_be_focused()
    press(owner, "Escape")
    expect(row).to_be_focused()
    press(owner, "Escape")
    expect(field).to_be_focused()


def test_a_correction_of_the_last_message_returns_to_the_field(
    both_inside: str, owner: Visitor, member: Visitor, field: Locator
) -> None:
    owner.say("Tpyo")
    press(owner, "ArrowUp")
    expect(owner.page.locator(".edit-form textarea")).to_be_focused()
    press(owner, "ControlOrMeta+a")
    owner.page.keyboard.type("Typo")
    press(owner, "Enter")
    member.hears("Typo")
    expect(field).to_be_focused()


def test_the_menu_of_addressees_knows_who_is_chosen_and_tab_leaves_it(
    both_inside: str, owner: Visitor, field: Locator
) -> None:
    items = owner.page.locator("#addressee-menu [role=menuitemradio]")
    owner.page.locator("#addressee").press("Enter")
    expect(items.first).to_be_focused()
    press(owner, "End", "Enter")
    owner.page.locator("#addressee").press("Enter")
    expect(items.last).to_be_focused()
    expect(items.last).to_have_attribute("aria-checked", "true")
    press(owner, "Tab")
    expect(owner.page.locator("#addressee-menu")).to_be_hidden()


def test_a_skip_link_leads_to_the_newest_message(both_inside: str, owner: Visitor) -> None:
    owner.say("older")
    newest = owner.say("newest")
    owner.page.locator(".skip-link").first.press("Enter")
    press(owner, "ArrowUp")
    expect(newest).to_be_focused()


def test_a_small_window_has_the_bar_for_keys(both_inside: str, owner: Visitor) -> None:
    row = owner.say("Magnified four times")
    owner.page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # plain numbers
    row.hover()
    expect(button(owner, "copy")).to_be_hidden()
    press(owner, "Shift+Tab", "Shift+Tab")
    row.focus()
    expect(button(owner, "copy")).to_be_visible()
