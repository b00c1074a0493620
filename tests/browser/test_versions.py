"""Versions of an answer on the page: asked for, walked through, gone on from, forked; the passport."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

WHOLE_MS = 30_000


def version_of(visitor: Visitor) -> Locator:
    """What the answer says of its version."""
    return visitor.answers.locator(".versions span")


def question_of(visitor: Visitor) -> Locator:
    """What the owner asked."""
    return visitor.page.locator("#rows .message:not(.assistant)")


def turn(visitor: Visitor, to: str) -> None:
    """Press an arrow of the answer."""
    visitor.answers.get_by_role("button", name=f"{to} version").click()


@pytest.fixture
def answered(both_inside: str, owner: Visitor, member: Visitor, model: ModelServer) -> str:
    """The owner's question has an answer, which both see."""
    model.set_script(text="The first answer.")
    owner.ask("Why is the sky blue?")
    for visitor in (owner, member):
        expect(visitor.answers).to_contain_text("The first answer.", timeout=WHOLE_MS)
    return both_inside


def test_an_answer_is_written_again_and_its_versions_are_walked(
    answered: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text="The second answer.", silence_s=1)
    owner.act(owner.answers, "regenerate")
    expect(owner.page.locator("#rows [data-reply]")).to_be_visible()
    expect(owner.answers).to_be_hidden()
    for visitor in (owner, member):
        expect(visitor.answers).to_contain_text("The second answer.", timeout=WHOLE_MS)
        expect(version_of(visitor)).to_have_text("2/2")
    turn(member, "Earlier")
    expect(member.answers).to_contain_text("The first answer.")
    expect(version_of(member)).to_have_text("1/2")
    expect(owner.answers).to_contain_text("The second answer.")
    member.page.reload()
    expect(member.answers).to_have_count(1)
    expect(member.answers).to_contain_text("The second answer.")
    expect(version_of(member)).to_have_text("2/2")


def test_a_version_that_fails_leaves_the_answer_that_there_is(
    answered: str, owner: Visitor, model: ModelServer
) -> None:
    model.set_script(failure="error")
    owner.act(owner.answers, "regenerate")
    failed = owner.page.locator("#rows [data-reply][data-state=failed]")
    expect(failed).to_be_visible(timeout=WHOLE_MS)
    expect(owner.answers).to_contain_text("The first answer.")
    model.set_script(text="At last.")
    failed.get_by_role("button", name="Try again").click()
    expect(owner.answers).to_contain_text("At last.", timeout=WHOLE_MS)
    expect(version_of(owner)).to_have_text("2/2")


def test_a_deleted_version_gives_its_place_to_the_one_before(
    answered: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text="The second answer.")
    owner.act(owner.answers, "regenerate")
    expect(member.answers).to_contain_text("The second answer.", timeout=WHOLE_MS)
    owner.act(owner.answers, "delete")
    owner.page.click("#confirm [value=delete]")
    for visitor in (owner, member):
        expect(visitor.answers).to_contain_text("The first answer.")
        expect(visitor.answers.locator(".versions")).to_be_hidden()


def test_only_who_asked_is_offered_another_version(
    answered: str, owner: Visitor, member: Visitor
) -> None:
    for visitor, offered in ((owner, True), (member, False)):
        visitor.answers.hover()
        expect(visitor.page.locator("#actions [data-do=passport]")).to_be_visible()
        expect(visitor.page.locator("#actions [data-do=regenerate]")).to_be_visible(visible=offered)


def test_a_stopped_answer_is_continued(
    both_inside: str, owner: Visitor, model: ModelServer
) -> None:
    model.set_script(text="一二三四五六七八九十", repeat=50, tokens_per_second=20)
    owner.ask("數到一百")
    expect(owner.reply.locator(".prose")).to_contain_text("一二三", timeout=WHOLE_MS)
    owner.page.click("#send[data-does=stop]")
    expect(owner.answers.locator(".stopped")).to_be_visible()
    begun = owner.answers.locator(".prose").inner_text()
    model.set_script(text="，說完了。")
    owner.act(owner.answers, "continue")
    expect(owner.answers.locator(".prose")).to_have_text(f"{begun}，說完了。", timeout=WHOLE_MS)
    expect(version_of(owner)).to_have_text("2/2")


def test_a_question_is_edited_and_asked_anew(
    answered: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text="Because of the sun.")
    owner.act(question_of(owner), "edit")
    owner.page.fill(".edit-form textarea", "Why is the sky red?")
    owner.page.get_by_role("button", name="Save and rerun").click()
    for visitor in (owner, member):
        expect(visitor.answers).to_contain_text("Because of the sun.", timeout=WHOLE_MS)
        expect(question_of(visitor)).to_contain_text("Why is the sky red?")


def test_a_message_without_an_answer_is_only_saved(both_inside: str, owner: Visitor) -> None:
    owner.act(owner.say("To myself."), "edit")
    expect(owner.page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    expect(owner.page.get_by_role("button", name="Save and rerun")).to_be_hidden()


def test_a_member_goes_on_in_a_chat_of_their_own(answered: str, member: Visitor) -> None:
    member.act(member.answers, "fork")
    member.page.wait_for_url(re.compile(rf"/rooms/(?!{answered})"))
    expect(member.answers).to_contain_text("The first answer.")
    expect(question_of(member).locator("strong")).to_have_text("Owner")
    member.page.locator("#beginning a").click()
    member.page.wait_for_url(re.compile(rf"/rooms/{answered}/#message-"))
    expect(member.answers).to_contain_text("The first answer.")
    expect(member.answers).to_be_focused()


def test_the_passport_tells_how_an_answer_came_about_and_runs_it_again(
    answered: str, owner: Visitor, model: ModelServer
) -> None:
    owner.act(owner.answers, "passport")
    side = owner.page.locator("#side")
    expect(side.get_by_role("heading", name="Passport")).to_be_focused()
    for name in ("Model", "Temperature", "Seed", "Waited", "First word after"):
        expect(side.locator("dt").get_by_text(name, exact=True)).to_be_visible()
    expect(side.locator("details.prompt")).to_have_count(0)
    side.get_by_role("button", name="Run again exactly").click()
    expect(side.get_by_role("status")).to_contain_text("exactly")
    expect(version_of(owner)).to_have_text("2/2", timeout=WHOLE_MS)
    side.get_by_role("button", name="Close").click()
    owner.act(owner.answers, "passport")
    expect(side).to_contain_text("the text is the same")
