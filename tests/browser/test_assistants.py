"""Assistants as people make, meet and gather them: the form beside its chat, cards, a round table."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from chat.services.members import add_member
from tests.browser.conftest import OnSite
from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

SECOND = 1_000
WHOLE_MS = 30 * SECOND
FIGURES = ("zhuge", "caocao", "guanyu")


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_an_assistant_is_made_tried_and_changed_beside_its_chat(
    visitor: Callable[..., Visitor], model: ModelServer, phone: bool
) -> None:
    model.set_script(text="Roses are red.")
    maker = visitor("maker", phone=phone)
    page = maker.visit("/assistants/new/")
    handle = f"poet-{maker.username[-8:]}"
    page.fill("[name=name]", "The Poet")
    page.fill("[name=username]", handle)
    page.fill("[name=greetings_en]", "Well met.")
    page.fill("[name=instructions_en]", "You answer in verse.")
    page.click("main .primary")
    pane = page.locator("#side")
    expect(pane.locator("h2")).to_have_text("The Poet")
    expect(page.locator(".greeting")).to_contain_text("Well met.")
    pane.locator("[name=instructions_en]").fill("You answer in prose.")
    pane.locator(".primary").click()
    expect(pane.locator(".notice")).to_have_text("Saved. The next answer uses it.")
    pane.locator("[data-do=close-side]").click()
    maker.say("Who are you?")
    expect(maker.answers).to_contain_text("Roses are red.", timeout=WHOLE_MS)
    read = [request["messages"][0]["content"] for request in model.requests()]
    assert any("You answer in prose." in system for system in read)  # others may ask meanwhile
    assert maker.reports() == []


def test_a_refused_change_says_why_and_keeps_what_was_typed(
    visitor: Callable[..., Visitor],
) -> None:
    maker = visitor("maker")
    page = maker.visit("/assistants/new/")
    page.fill("[name=name]", "The Poet")
    page.fill("[name=username]", "admin")
    page.click("main .primary")
    expect(page.locator(".errorlist")).to_have_text("This handle is reserved. Choose another.")
    expect(page.locator("[name=name]")).to_have_value("The Poet")


def test_a_reader_meets_an_assistant_in_their_own_language(
    visitor: Callable[..., Visitor],
) -> None:
    guest = visitor("guest", language="ko")
    page = guest.visit("/assistants/?q=zhuge")
    card = page.locator(".card")
    expect(card.locator(".name")).to_have_text("제갈량")
    card.locator(".primary").click()
    expect(page.locator(".greeting")).to_contain_text("양이 여기 있소")


def test_an_owner_brings_an_assistant_into_the_room(room: str, owner: Visitor) -> None:
    page = owner.visit("/assistants/?q=guanyu")
    card = page.locator(".card")
    card.locator("summary").click()
    card.locator("select").select_option(room)
    card.locator(".bring button").click()
    expect(page.locator("#members [data-username=guanyu]")).to_have_count(1)


def test_a_round_table_is_set_and_goes_round_once(
    room: str,
    owner: Visitor,
    member: Visitor,
    on_site: OnSite[None],
    model: ModelServer,
) -> None:
    def bring() -> None:
        by = User.objects.get(username=owner.username)
        for username in FIGURES:
            add_member(by=by, room=room, username=username)

    on_site(bring)
    page = owner.visit(f"/rooms/{room}/settings/")
    rule = page.locator("#answering")
    rule.locator("[value=round_table]").check()
    rule.locator("[name=max_assistant_run]").fill("3")
    rule.locator(".primary").click()
    expect(page.locator(".notices")).to_contain_text("The room was changed.")
    model.set_script(text="Let us wait.")
    owner.enter(room)
    member.enter(room)
    member.say("Fight or wait?")
    for seen in (owner, member):
        expect(seen.answers).to_have_count(3, timeout=WHOLE_MS)
        expect(seen.reply).to_have_count(0)
    names = [name.strip() for name in owner.answers.locator("header strong").all_inner_texts()]
    assert len(set(names)) == 3
