"""An assistant's reply on the page: its true states, its text in every browser, stop and retry."""

from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

STORY = "建安十三年，曹操南下。\n\n**孫權**與劉備聯手，以火攻大破曹軍。\n\n- 黃蓋詐降\n- 東風助火\n"
SECOND = 1_000
WHOLE_MS = 30 * SECOND


def test_an_answer_grows_in_both_browsers(
    both_inside: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text=STORY, tokens_per_second=15)
    owner.ask("赤壁？")
    for visitor in (owner, member):
        expect(visitor.reply.locator(".prose")).to_contain_text("建安", timeout=10 * SECOND)
    for visitor in (owner, member):
        expect(visitor.answers).to_have_count(1, timeout=WHOLE_MS)
        expect(visitor.answers.locator(".prose strong")).to_have_text("孫權")
        expect(visitor.answers.locator(".prose li")).to_have_count(2)
        expect(visitor.reply).to_have_count(0)


def test_a_reload_in_the_middle_loses_nothing(
    both_inside: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text=STORY, tokens_per_second=12)
    owner.ask("赤壁？")
    expect(owner.reply.locator(".prose")).to_contain_text("曹操", timeout=10 * SECOND)
    owner.page.reload()
    expect(owner.reply.locator(".prose")).to_contain_text("建安十三年，曹操")
    expect(owner.answers).to_have_count(1, timeout=WHOLE_MS)
    expect(owner.answers).to_contain_text("東風助火")


def test_the_reader_is_told_what_happens_before_the_first_word(
    both_inside: str, owner: Visitor, model: ModelServer
) -> None:
    model.set_script(text="Here.", silence_s=3)
    owner.ask("Are you there?")
    state = owner.reply.locator(".state span")
    expect(state).to_have_text("Reading · 1 s", timeout=10 * SECOND)
    expect(state).to_have_text("Reading · 2 s")
    expect(owner.answers).to_contain_text("Here.", timeout=WHOLE_MS)


def test_send_becomes_stop_and_stop_keeps_what_was_written(
    both_inside: str, owner: Visitor, model: ModelServer
) -> None:
    model.set_script(text="一二三四五六七八九十", repeat=50, tokens_per_second=20)
    owner.ask("數到一千")
    expect(owner.reply.locator(".prose")).to_contain_text("一二三", timeout=10 * SECOND)
    expect(owner.page.locator("#send")).to_have_attribute("data-does", "stop")
    owner.page.click("#send")
    expect(owner.answers).to_contain_text("一二三")
    expect(owner.reply).to_have_count(0)
    expect(owner.page.locator("#send")).to_have_attribute("data-does", "send")
    expect(owner.answers.locator(".stopped")).to_be_visible()
    owner.page.reload()
    expect(owner.answers.locator(".stopped")).to_be_visible()


def test_a_reply_stopped_before_its_first_word_says_so_to_everyone(
    both_inside: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text="Too late.", silence_s=30)
    owner.ask("Wait")
    owner.page.click("#send[data-does=stop]")
    for visitor in (owner, member):
        expect(visitor.answers.locator(".stopped")).to_be_visible()
        expect(visitor.reply).to_have_count(0)
    member.page.reload()
    expect(member.answers.locator(".stopped")).to_be_visible()


def test_the_end_of_an_answer_does_not_move_a_reader_of_history(
    both_inside: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    for number in range(30):
        owner.say(f"row {number}.")
    model.set_script(text=STORY, tokens_per_second=40)
    member.hears("row 29.")
    member.scroll_to(500)
    where = member.row("row 15.").evaluate("row => row.getBoundingClientRect().top")
    owner.ask("赤壁？")
    expect(owner.answers).to_have_count(1, timeout=WHOLE_MS)
    expect(member.answers).to_have_count(1)
    now = member.row("row 15.").evaluate("row => row.getBoundingClientRect().top")
    assert abs(now - where) <= 2


def test_another_member_is_not_offered_to_stop_it(
    both_inside: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text="slow " * 40, tokens_per_second=20)
    owner.ask("Talk")
    expect(member.reply.locator(".prose")).to_contain_text("slow", timeout=10 * SECOND)
    expect(member.reply.locator("[data-do=stop]")).to_be_hidden()
    expect(member.page.locator("#send")).to_have_attribute("data-does", "send")
    owner.page.click("#send")
    expect(member.answers).to_have_count(1)


def test_a_failure_says_so_and_can_be_tried_again(
    both_inside: str, owner: Visitor, model: ModelServer
) -> None:
    model.set_script(failure="error")
    owner.ask("Hello?")
    failed = owner.page.locator("#rows [data-reply]")
    expect(failed.locator(".state")).to_contain_class("failed", timeout=WHOLE_MS)
    owner.page.reload()
    expect(failed.locator(".state")).to_contain_class("failed")
    model.set_script(text="Back again.")
    failed.locator("[data-do=retry]").click()
    expect(owner.answers).to_contain_text("Back again.", timeout=WHOLE_MS)
    expect(failed).to_have_count(0)


def test_code_is_coloured_and_formulas_are_set(
    both_inside: str, owner: Visitor, model: ModelServer
) -> None:
    text = "```python\ndef f(x):\n    return x\n```\n\n公式 $E = mc^2$ 如上。\n"
    model.set_script(text=text, tokens_per_second=60)
    owner.ask("Show me")
    expect(owner.answers.locator("pre .k").first).to_have_text("def", timeout=WHOLE_MS)
    expect(owner.answers.locator(".katex").first).to_be_attached()
    owner.answers.locator(".code-block").hover()
    owner.answers.locator(".code-copy").click()
    assert "return x" in owner.page.evaluate("navigator.clipboard.readText()")
