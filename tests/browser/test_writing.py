"""The message field: input methods, addressees, drafts, limits."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.visitor import Visitor


def compose(page: Page, text: str) -> None:
    """Begin to compose with an input method; nothing is committed yet."""
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": text, "selectionStart": 2, "selectionEnd": 2})


def press_enter_of_the_input_method(page: Page) -> None:
    """The Enter that picks a candidate: browsers give it key code 229."""
    client = page.context.new_cdp_session(page)
    key = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    client.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    client.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def test_enter_does_not_send_while_composing(both_inside: str, owner: Visitor) -> None:
    owner.page.focus("#text")
    compose(owner.page, "你好")
    press_enter_of_the_input_method(owner.page)
    owner.page.keyboard.press("Enter")
    expect(owner.page.locator("#outgoing > *, #rows [data-message]")).to_have_count(0)
    expect(owner.page.locator("#text")).to_have_value(re.compile("你好"))


def test_enter_right_after_composing_does_not_send_either(both_inside: str, owner: Visitor) -> None:
    owner.page.fill("#text", "半句")
    sent_by_late_enter = owner.page.evaluate(
        """() => {
          const field = document.getElementById("text");
          field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
          const enter = new KeyboardEvent("keydown", { key: "Enter", cancelable: true });
          field.dispatchEvent(enter);
          return field.value === "";
        }"""
    )
    assert sent_by_late_enter is False


def test_enter_does_not_save_an_edit_while_composing(both_inside: str, owner: Visitor) -> None:
    owner.act(owner.say("before"), "edit")
    owner.page.fill(".edit-form textarea", "")
    compose(owner.page, "之後")
    press_enter_of_the_input_method(owner.page)
    owner.page.keyboard.press("Enter")
    expect(owner.page.locator(".edit-form textarea")).to_have_value(re.compile("之後"))


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


def test_a_name_typed_out_addresses_the_assistant_too(both_inside: str, owner: Visitor) -> None:
    owner.page.fill("#text", "hello @echo, who are you")
    owner.page.press("#text", "Enter")
    expect(owner.hears("who are you").locator(".to")).to_contain_text("EchoMind")


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


def test_a_text_over_the_limit_cannot_be_sent(both_inside: str, owner: Visitor) -> None:
    owner.page.fill("#text", "字" * 8_001)
    expect(owner.page.locator("#too-long")).to_be_visible()
    expect(owner.page.locator("#send")).to_be_disabled()
    owner.page.press("#text", "Enter")
    expect(owner.page.locator("#outgoing > *")).to_have_count(0)


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
