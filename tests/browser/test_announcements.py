"""What a screen reader is told: each message once, an answer when it is finished, no chatter."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer


@pytest.fixture
def listener(both_inside: str, member: Visitor) -> Visitor:
    """The member, whose page remembers every line that the status region was given."""
    member.page.evaluate(
        """() => {
          window.spoken = [];
          new MutationObserver((changes) => {
            for (const { addedNodes } of changes) {
              for (const line of addedNodes) window.spoken.push(line.textContent);
            }
          }).observe(document.getElementById("status"), { childList: true });
        }"""
    )
    return member


def spoken(visitor: Visitor) -> list[str]:
    """The lines so far."""
    lines: list[str] = visitor.page.evaluate("window.spoken")
    return lines


def wait_for(visitor: Visitor, words: str) -> None:
    """Wait until a line with these words was given."""
    expect(visitor.page.locator("#status")).to_contain_text(words, timeout=20_000)


def test_a_message_is_read_out_once_and_not_to_its_author(
    listener: Visitor, owner: Visitor
) -> None:
    owner.say("Tea is **ready**", shown="Tea is ready")
    wait_for(listener, "Tea is ready")
    assert spoken(listener) == ["Owner writes: Tea is ready"]
    assert owner.page.locator("#status").text_content() == ""


def test_typing_and_a_reaction_say_nothing(listener: Visitor, owner: Visitor) -> None:
    owner.page.locator("#text").press_sequentially("Hel")
    expect(listener.page.locator("#typing")).to_contain_text("is typing")
    owner.say("Hello")
    wait_for(listener, "Hello")
    owner.act(owner.row("Hello"), "react")
    owner.page.keyboard.press("Enter")
    expect(listener.row("Hello").locator(".reactions .chip")).to_be_visible()
    assert spoken(listener) == ["Owner writes: Hello"]


def test_an_answer_is_read_out_when_it_is_finished_in_its_language(
    listener: Visitor, model: ModelServer
) -> None:
    model.set_script(text="一二三四五", repeat=4, tokens_per_second=20)
    listener.ask("數")
    wait_for(listener, "has replied")
    name = listener.answers.locator("strong").text_content()
    text = "一二三四五" * 4
    assert spoken(listener) == [f"{name} begins to reply.", f"{name} has replied. {text}"]
    lang = listener.answers.locator(".prose").get_attribute("lang")
    expect(listener.page.locator("#status [lang]")).to_have_attribute("lang", str(lang))


def test_of_many_messages_at_once_only_the_number_is_said(
    room: str, listener: Visitor, owner: Visitor
) -> None:
    listener.context.set_offline(True)
    expect(listener.page.locator("html")).not_to_have_attribute("data-line", "open")
    for number in range(5):
        owner.say(f"missed {number}.")
    listener.context.set_offline(False)
    wait_for(listener, "5 new messages.")
    assert [line for line in spoken(listener) if "missed" in line] == []


def test_a_stopped_reply_is_said(listener: Visitor, owner: Visitor, model: ModelServer) -> None:
    model.set_script(text="Too late.", silence_s=30)
    owner.ask("Wait")
    owner.page.click("#send[data-does=stop]")
    wait_for(listener, "was stopped.")


def test_a_row_is_named_by_its_author_also_when_the_name_is_not_drawn(
    both_inside: str, owner: Visitor
) -> None:
    owner.say("one")
    owner.say("two")
    article = owner.page.get_by_role("article", name="Owner").filter(has_text="two")
    expect(article).to_have_count(1)


def test_who_is_here_is_said_in_words(both_inside: str, owner: Visitor) -> None:
    people = owner.page.get_by_role("list", name="People").get_by_role("listitem")
    expect(people.filter(has_text="Member")).to_contain_text("online")
