"""A phone: one pane at a time, nothing wider than the screen, targets for fingers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor

TARGET_PX = 44
LONG_PRESS_MS = 700


@pytest.fixture
def phone(visitor: Callable[..., Visitor]) -> Visitor:
    """Somebody with a phone, in a public room."""
    person = visitor("phone", phone=True)
    person.enter("comic")
    return person


def long_press(visitor: Visitor, text: str) -> None:
    """Hold a finger on a message."""
    box = visitor.row(text).bounding_box()
    assert box
    client = visitor.context.new_cdp_session(visitor.page)
    point = {"x": box["x"] + 80, "y": box["y"] + box["height"] - 12}
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
    expect(visitor.page.locator("#sheet")).to_be_visible()
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize(
    "path",
    [
        "/rooms/comic/",
        "/rooms/new/",
        "/people/",
        "/assistants/",
        "/assistants/new/",
        "/accounts/profile/",
    ],
)
def test_nothing_is_wider_than_the_screen(phone: Visitor, path: str) -> None:
    page = phone.visit(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_sidebar_is_a_drawer_that_closes_with_escape(phone: Visitor) -> None:
    sidebar = phone.page.locator("#sidebar")
    expect(sidebar).to_be_hidden()
    phone.page.tap("#menu")
    expect(sidebar).to_be_visible()
    phone.page.keyboard.press("Escape")
    expect(sidebar).to_be_hidden()
    expect(phone.page.locator("#menu")).to_be_focused()


def test_a_long_press_opens_the_actions_and_stays_open(phone: Visitor) -> None:
    phone.say("hold me")
    long_press(phone, "hold me")
    sheet = phone.page.locator("#sheet")
    expect(sheet).to_be_visible()
    sheet.locator("[data-emoji]").first.tap()
    expect(sheet).to_be_hidden()
    expect(phone.hears("hold me").locator(".reactions .chip")).to_have_text("👍 1")


def test_a_pane_that_does_not_come_is_told_where_it_is_seen(phone: Visitor) -> None:
    phone.say("let me in")
    page, memory = phone.page, phone.page.locator(".room-head [data-side$='/memory/']")
    page.route("**/memory/", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    memory.tap()
    expect(page.locator("#toast")).to_have_text("The site does not answer. Try again in a moment.")
    expect(page.locator("#side")).to_be_hidden()
    page.tap("#parameters")
    expect(page.locator("#side-temperature")).to_be_visible()
    page.route("**/parameters/**", lambda route: route.abort())
    page.fill("#side-temperature", "0.5")
    page.press("#side-temperature", "Enter")
    expect(page.locator("#side [role=alert]")).to_have_text(
        "The site does not answer. Try again in a moment."
    )
    expect(page.locator("#side-temperature")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#side-preset")).to_be_visible()


@pytest.mark.parametrize("language", ["zh-hant", "ja"])
def test_the_chip_of_the_preset_shows_all_its_words(
    visitor: Callable[..., Visitor], language: str
) -> None:
    page = visitor("phone", phone=True, language=language).enter("comic")
    page.tap("#addressee")
    page.locator("#addressee-menu .menu-item:has(.badge:visible)").first.tap()
    spare = page.locator("#preset").evaluate(
        """(field) => {
          const style = getComputedStyle(field);
          const pen = document.createElement("canvas").getContext("2d");
          pen.font = style.font;
          const words = pen.measureText(field.selectedOptions[0].text).width;
          const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
          return field.clientWidth - padding - words;
        }"""
    )
    assert spare > 0


def test_the_send_button_leaves_the_keyboard_open(phone: Visitor) -> None:
    phone.page.tap("#text")
    phone.page.keyboard.type("first of two")
    phone.page.tap("#send")
    phone.hears("first of two")
    expect(phone.page.locator("#text")).to_be_focused()


def test_fields_do_not_make_the_phone_zoom_in(phone: Visitor) -> None:
    size = phone.page.eval_on_selector(
        "#text", "field => parseFloat(getComputedStyle(field).fontSize)"
    )
    assert size >= 16


def test_buttons_are_large_enough_for_a_finger(phone: Visitor) -> None:
    small = phone.page.evaluate(
        """target => [...document.querySelectorAll("button, a.tool")]
          .filter((one) => one.checkVisibility() && !one.closest(".chip, .state"))
          .map((one) => [one.id || one.className, one.getBoundingClientRect()])
          .filter(([, box]) => box.width < target || box.height < target)
          .map(([name]) => name)""",
        TARGET_PX,
    )
    assert [name for name in small if name != "chip addressee"] == []
