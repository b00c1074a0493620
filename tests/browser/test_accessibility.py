"""Rules of WCAG 2.2 AA that a machine can check, in both themes, and the focus."""

import json
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def violations(visitor: Visitor) -> list[str]:
    """What axe finds wrong on the page."""
    found = Axe().run(visitor.page, options={**RULES, "resultTypes": ["violations"]}).response
    return [
        json.dumps([rule["id"], [node["html"][:200] for node in rule["nodes"]]])
        for rule in found["violations"]
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_room_with_an_answer_passes(
    both_inside: str, owner: Visitor, model: ModelServer, theme: str
) -> None:
    model.set_script(text="**Bold** `code`\n\n```python\ndef f():\n    return 'x'  # why\n```\n")
    owner.ask("Show me")
    expect(owner.answers).to_have_count(1, timeout=20_000)
    owner.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    owner.page.locator("#rows [data-message]").first.hover()
    owner.settle()
    assert violations(owner) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [
        "/rooms/new/",
        "/people/",
        "/assistants/",
        "/assistants/new/",
        "/accounts/profile/",
        "/nowhere/",
    ],
)
def test_a_page_passes(owner: Visitor, path: str, theme: str) -> None:
    owner.visit(path)
    owner.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    owner.settle()
    assert violations(owner) == []


def test_the_settings_of_a_room_pass(room: str, owner: Visitor) -> None:
    owner.visit(f"/rooms/{room}/settings/")
    assert violations(owner) == []


def test_a_stranger_is_welcomed(visitor: Callable[..., Visitor]) -> None:
    stranger = visitor("stranger")
    stranger.context.clear_cookies()
    stranger.visit("/")
    expect(stranger.page.locator("main h1")).to_be_visible()
    assert violations(stranger) == []


def test_the_transcript_is_a_silent_log_and_one_line_speaks(
    both_inside: str, owner: Visitor, model: ModelServer
) -> None:
    log = owner.page.locator("#timeline")
    expect(log).to_have_attribute("role", "log")
    expect(log).to_have_attribute("aria-live", "off")
    model.set_script(text="Done.")
    owner.ask("Quick")
    expect(owner.page.locator("#status")).to_contain_text("has replied", timeout=20_000)


def test_the_focus_comes_back_from_the_addressees(both_inside: str, owner: Visitor) -> None:
    owner.page.focus("#addressee")
    owner.page.keyboard.press("Enter")
    expect(owner.page.locator("#addressee-menu .menu-item").first).to_be_focused()
    owner.page.keyboard.press("Escape")
    expect(owner.page.locator("#addressee")).to_be_focused()
