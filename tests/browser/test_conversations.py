"""Chats with an AI: begun, named by the model, renamed, searched, archived, taken along, deleted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import OnSite
from tests.browser.test_accessibility import violations
from tests.browser.test_input_methods import (
    LOCK_OVER,
    compose,
    pick,
    press_enter_of_the_input_method,
)
from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer
from tests.live.site import LiveSite

ANSWER = "紅茶要用熱水泡"
ASSISTANT = "echo"
AN_ENTER_RIGHT_AFTER_COMPOSING = """() => {
  const field = document.getElementById("title");
  field.dispatchEvent(new CompositionEvent("compositionend", { data: "茶", bubbles: true }));
  const enter = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
  return field.dispatchEvent(enter) ? "went on" : "held back";
}"""


@pytest.fixture
def model(model: ModelServer) -> ModelServer:
    """A model that answers everything, and so names everything, with one sentence."""
    model.set_script(text=ANSWER)
    return model


def begin_chat(person: Visitor) -> None:
    """Open a new chat by the sidebar, or where that is a drawer, by its page."""
    person.visit("/chats/new/")
    person.page.click(f"button[value={ASSISTANT}]")
    expect(person.page.locator("html")).to_have_attribute("data-line", "open")


def ask(person: Visitor, question: str) -> None:
    """Say something to the AI and wait for its answer."""
    person.say(question)
    expect(person.answers).to_have_count(1)


def chats(person: Visitor) -> Locator:
    """The chats in the sidebar."""
    return person.page.locator("[aria-labelledby=section-assistants] .name")


def open_pane(person: Visitor) -> Locator:
    """What can be done with the open chat."""
    person.page.click("[data-side^='/chats/']")
    pane = person.page.locator("#side")
    expect(pane.locator("#title")).to_be_visible()
    return pane


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_chat_is_named_by_the_model_without_a_reload(
    visitor: Callable[..., Visitor], model: ModelServer, phone: bool
) -> None:
    person = visitor("chatter", phone=phone)
    begin_chat(person)
    name = person.page.locator("h1").inner_text()
    ask(person, "怎麼泡茶？")
    expect(person.page.locator("h1")).to_have_text(ANSWER)
    expect(person.page.locator("#talks-with")).to_have_text(name)
    expect(chats(person)).to_have_text([ANSWER])
    expect(person.page).to_have_title(f"{ANSWER} · EchoMind")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_chat_is_renamed_archived_found_brought_back_and_deleted(
    visitor: Callable[..., Visitor], model: ModelServer, phone: bool
) -> None:
    person = visitor("chatter", phone=phone)
    begin_chat(person)
    ask(person, "荔枝紅茶怎麼泡？")
    pane = open_pane(person)
    pane.locator("#title").fill("我的茶")
    pane.locator("#title").press("Enter")
    expect(person.page.locator("h1")).to_have_text("我的茶")
    expect(chats(person)).to_have_text(["我的茶"])
    pane.locator("form[action$='/archive/'] button").click()
    row = person.page.locator(".conversations .member")
    expect(row).to_have_count(0)
    person.page.fill("#q", "荔枝")
    person.page.press("#q", "Enter")
    expect(row.locator(".excerpt")).to_have_text("荔枝紅茶怎麼泡？")
    expect(row.locator(".chip")).to_be_visible()
    row.locator("button").click()
    expect(chats(person)).to_have_text(["我的茶"])
    pane = open_pane(person)
    expect(pane.locator("form[action$='/delete/']")).to_be_hidden()
    pane.locator("summary").click()
    pane.locator("form[action$='/delete/'] button").click()
    expect(person.page.locator(".notice.success")).to_be_visible()
    expect(row).to_have_count(0)


def test_keys_of_an_input_method_neither_save_a_title_nor_close_the_pane(
    visitor: Callable[..., Visitor],
) -> None:
    person = visitor("chatter")
    begin_chat(person)
    pane = open_pane(person)
    pane.locator("#title").focus()
    compose(person.page, "ㄔㄚˊ")
    press_enter_of_the_input_method(person.page)
    pick(person.page, "茶")
    assert person.page.evaluate(AN_ENTER_RIGHT_AFTER_COMPOSING) == "held back"
    expect(pane.locator(".notice")).to_have_count(0)
    expect(pane.locator("#title")).to_have_value("茶")
    person.page.wait_for_function(LOCK_OVER, arg=person.page.evaluate("performance.now()"))
    person.page.keyboard.press("Enter")
    expect(person.page.locator("h1")).to_have_text("茶")


def test_chats_are_there_after_signing_in_at_another_device(
    visitor: Callable[..., Visitor],
    chromium: Browser,
    live_site: LiveSite,
    on_site: OnSite[str],
    model: ModelServer,
) -> None:
    person = visitor("chatter")
    begin_chat(person)
    ask(person, "怎麼泡茶？")
    expect(chats(person)).to_have_text([ANSWER])
    cookie = on_site(lambda: live_site.session_cookie(person.username))
    elsewhere = Visitor(chromium, live_site.base_url, person.username, cookie, phone=True)
    elsewhere.visit("/chats/")
    elsewhere.page.click(f"text={ANSWER}")
    expect(elsewhere.page.locator("h1")).to_have_text(ANSWER)
    expect(elsewhere.answers).to_have_count(1)
    elsewhere.context.close()


def test_a_chat_is_downloaded_in_readable_chinese(
    visitor: Callable[..., Visitor], model: ModelServer, tmp_path: Path
) -> None:
    person = visitor("chatter")
    begin_chat(person)
    ask(person, "怎麼泡茶？")
    expect(person.page.locator("h1")).to_have_text(ANSWER)
    pane = open_pane(person)
    with person.page.expect_download() as downloading:
        pane.locator("text=Markdown").click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    assert file.name == f"{ANSWER}.md"
    assert "怎麼泡茶？" in file.read_text("utf-8")


@pytest.mark.parametrize("path", ["/chats/", "/chats/new/", "/chats/?q=nothing"])
def test_nothing_is_wider_than_a_phone(visitor: Callable[..., Visitor], path: str) -> None:
    person = visitor("chatter", phone=True)
    page = person.visit(path)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert person.reports() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pane_and_the_pages_can_be_used_by_everybody(
    visitor: Callable[..., Visitor], theme: str
) -> None:
    person = visitor("chatter")
    person.context.add_cookies([{"name": "theme", "value": theme, "url": person.base_url}])
    begin_chat(person)
    open_pane(person).locator("summary").click()
    person.settle()
    assert violations(person) == []
    for path in ("/chats/", "/chats/new/"):
        person.visit(path)
        assert violations(person) == []
