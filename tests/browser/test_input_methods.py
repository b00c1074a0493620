"""Writing Chinese, Japanese and Korean: what keys mean while and after an input method composes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.browser.conftest import OnSite
from tests.browser.visitor import Visitor

IME_KEY = 229  # the code of each key that goes to an input method
LOCK_OVER = "from => performance.now() - from > 100"  # static/js/chat/composer/ime.js


def compose(page: Page, text: str) -> None:
    """Show `text` as being composed; nothing is committed yet."""
    client = page.context.new_cdp_session(page)
    end = len(text)
    client.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": end, "selectionEnd": end}
    )


def pick(page: Page, text: str) -> None:
    """Commit `text` in the place of what is being composed."""
    page.context.new_cdp_session(page).send("Input.insertText", {"text": text})


def press_enter_of_the_input_method(page: Page) -> None:
    """The Enter that picks a candidate."""
    client = page.context.new_cdp_session(page)
    key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": IME_KEY}
    client.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    client.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def end_composing_and_press_enter(page: Page, committed: str) -> str:
    """Both within one task, the end first. Returns what is left in the field."""
    left: str = page.evaluate(
        """(data) => {
          const field = document.getElementById("text");
          field.dispatchEvent(new CompositionEvent("compositionend", { data, bubbles: true }));
          const enter = { key: "Enter", bubbles: true, cancelable: true };
          const broken = field.dispatchEvent(new KeyboardEvent("keydown", enter));
          return broken ? `${field.value}\\n` : field.value;
        }""",
        committed,
    )
    return left


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        (["ㄋ", "ㄋㄧˇ", "你ㄏㄠ"], "你好"),
        (["ni", "ni hao"], "你好"),
        (["ｋ", "かん"], "漢"),
        (["ㅎ", "하"], "한"),
    ],
    ids=["zhuyin", "pinyin", "kana", "hangul"],
)
def test_only_the_enter_after_composing_sends(
    both_inside: str, owner: Visitor, typed: list[str], picked: str
) -> None:
    field = owner.page.locator("#text")
    field.focus()
    for text in typed:
        compose(owner.page, text)
        press_enter_of_the_input_method(owner.page)
        expect(field).to_have_value(text)
    pick(owner.page, picked)
    press_enter_of_the_input_method(owner.page)
    expect(field).to_have_value(picked)
    expect(owner.page.locator("#outgoing > *, #rows [data-message]")).to_have_count(0)
    owner.page.wait_for_function(LOCK_OVER, arg=owner.page.evaluate("performance.now()"))
    owner.page.keyboard.press("Enter")
    owner.hears(picked)


def test_an_enter_told_right_after_composing_neither_sends_nor_breaks_the_line(
    both_inside: str, owner: Visitor
) -> None:
    owner.page.fill("#text", "半句")
    assert end_composing_and_press_enter(owner.page, "半句") == "半句"


def test_hangul_is_sent_by_the_enter_that_ends_its_last_syllable(
    both_inside: str, owner: Visitor
) -> None:
    owner.page.fill("#text", "안녕")
    assert end_composing_and_press_enter(owner.page, "녕") == ""
    owner.hears("안녕")


def test_enter_does_not_save_an_edit_while_composing(both_inside: str, owner: Visitor) -> None:
    owner.act(owner.say("before"), "edit")
    owner.page.fill(".edit-form textarea", "")
    compose(owner.page, "之後")
    press_enter_of_the_input_method(owner.page)
    expect(owner.page.locator(".edit-form textarea")).to_have_value("之後")


@pytest.mark.parametrize("before", ["＠", "請問@", "\u3000@"])
def test_a_name_being_composed_is_found_and_enter_leaves_it_to_the_input_method(
    room: str, owner: Visitor, member: Visitor, on_site: OnSite[int], before: str
) -> None:
    named = User.objects.filter(username=member.username)
    on_site(lambda: named.update(name="林佳蓉"))
    owner.enter(room)
    owner.page.locator("#text").press_sequentially(before)
    compose(owner.page, "佳")
    expect(owner.page.locator("#mentions [aria-selected=true]")).to_contain_text("林佳蓉")
    press_enter_of_the_input_method(owner.page)
    expect(owner.page.locator("#text")).to_have_value(f"{before}佳")
    expect(owner.page.locator("#mentions")).to_be_visible()


def test_a_choice_clicked_while_composing_replaces_what_was_composed(
    both_inside: str, owner: Visitor
) -> None:
    owner.page.locator("#text").press_sequentially("請問@")
    compose(owner.page, "ec")
    owner.page.locator("#mentions .menu-item").click()
    expect(owner.page.locator("#text")).to_have_value("請問@echo ")


@pytest.mark.parametrize("path", ["/people/", "/rooms/new/", "/accounts/profile/"])
def test_enter_does_not_submit_a_form_while_composing(
    visitor: Callable[..., Visitor], path: str
) -> None:
    page = visitor("person").visit(path)
    field = page.locator("main input:is([type=text], [type=search])").first
    field.fill("")
    compose(page, "小明")
    press_enter_of_the_input_method(page)
    expect(field).to_have_value("小明")
    pick(page, "小明")
    press_enter_of_the_input_method(page)
    expect(page).to_have_url(re.compile(f"{path}$"))
