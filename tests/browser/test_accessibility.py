"""Rules that a machine can check: WCAG 2.2 AA and best practice, in both themes and two sizes."""

from collections.abc import Callable
from typing import cast

import pytest
from playwright.sync_api import expect

from accounts.models import User
from tests.browser.rules import violations
from tests.browser.visitor import Visitor
from tests.factories.documents import make_corpus, make_document
from tests.fakes.model_server import ModelServer

TEXT_OF_ALL_KINDS = (
    "# Title\n\n**Bold** `code`\n\n```python\ndef f():\n    return 'x'  # why\n```\n"
)


PAGES = (
    *("/rooms/new/", "/people/", "/assistants/", "/assistants/new/", "/chats/"),
    *("/knowledge/", "/nowhere/", "/api/docs/socket/"),
    *("/accounts/profile/", "/accounts/email/", "/accounts/password/change/", "/accounts/logout/"),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_room_with_an_answer_passes(
    both_inside: str, owner: Visitor, model: ModelServer, theme: str
) -> None:
    model.set_script(text=TEXT_OF_ALL_KINDS + "long " * 80 + "\n```\n" + "wide" * 80 + "\n```\n")
    owner.ask("Show me")
    expect(owner.answers).to_have_count(1, timeout=20_000)
    owner.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    owner.page.locator("#rows [data-message]").first.hover()
    owner.settle()
    assert violations(owner) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_passes(owner: Visitor, path: str, theme: str) -> None:
    owner.visit(path)
    owner.page.evaluate("theme => (document.documentElement.dataset.theme = theme)", theme)
    owner.settle()
    assert violations(owner) == []


def test_the_settings_of_a_room_pass(room: str, owner: Visitor) -> None:
    owner.visit(f"/rooms/{room}/settings/")
    assert violations(owner) == []


def test_what_shows_documents_passes(
    owner: Visitor, on_site: Callable[[Callable[[], object]], object]
) -> None:
    def make() -> list[str]:
        User.objects.filter(username=owner.username).update(is_staff=True)
        corpus = make_corpus(User.objects.get(username=owner.username), "kettles")
        chunk = make_document(corpus, "It holds 2 litres.", title="Kettle", before="Tea. ")
        return [
            "/knowledge/kettles/",
            f"/documents/{chunk.document_id}/",
            f"/passages/{chunk.pk}/",
            "/staff/playground/?q=kettle",
        ]

    for path in cast(list[str], on_site(make)):
        owner.visit(path)
        expect(owner.page.locator("main h1")).to_be_visible()
        assert violations(owner) == [], path


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


def test_what_opens_over_a_room_passes(both_inside: str, owner: Visitor) -> None:
    owner.page.click("#addressee")
    assert violations(owner) == []
    owner.page.keyboard.press("Escape")
    owner.page.focus("#text")
    owner.page.keyboard.type("@")
    expect(owner.page.locator("#mentions")).to_be_visible()
    assert violations(owner) == []


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/"])
def test_a_form_with_errors_passes(visitor: Callable[..., Visitor], path: str) -> None:
    stranger = visitor("stranger")
    stranger.context.clear_cookies()
    stranger.visit(path)
    stranger.page.evaluate("document.querySelector('main form').noValidate = true")
    stranger.page.click("main [type=submit]")
    expect(stranger.page.locator("[aria-invalid=true]").first).to_be_visible()
    assert violations(stranger) == []


def test_nothing_is_cut_off_in_a_window_of_320_pixels(room: str, owner: Visitor) -> None:
    owner.page.set_viewport_size({"width": 320, "height": 640})
    for path in (f"/rooms/{room}/", f"/rooms/{room}/settings/", *PAGES):
        owner.visit(path)
        over = owner.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert over <= 0, path


def test_the_focus_comes_back_from_the_addressees(both_inside: str, owner: Visitor) -> None:
    owner.page.focus("#addressee")
    owner.page.keyboard.press("Enter")
    expect(owner.page.locator("#addressee-menu .menu-item").first).to_be_focused()
    owner.page.keyboard.press("Escape")
    expect(owner.page.locator("#addressee")).to_be_focused()
