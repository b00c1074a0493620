"""What an assistant did with tools, on the page: a chip below the answer, with details that open."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.visitor import Visitor
from tests.fakes.model_server import ModelServer

WHOLE_MS = 30_000


def test_a_chip_says_what_was_looked_up_and_opens(
    both_inside: str, owner: Visitor, member: Visitor, model: ModelServer
) -> None:
    model.set_script(text="One message.", tokens_per_second=20, silence_s=1)
    owner.say("hello")
    owner.ask("How many messages are there in this room?")
    expect(member.reply.locator(".tool-uses summary")).to_have_text(
        "Looked into the rooms · 1 found"
    )
    expect(owner.answers).to_contain_text("One message.", timeout=WHOLE_MS)
    chip = owner.answers.locator(".tool-uses")
    expect(chip.locator("dl")).to_be_hidden()
    chip.locator("summary").click()
    expect(chip.locator("[data-part=asked]")).to_have_text("question: count")
    expect(chip.locator("[data-part=found]")).to_contain_text('"messages": 1')


def test_the_chip_is_there_after_a_reload_on_a_phone_and_in_chinese(
    visitor: Callable[..., Visitor], model: ModelServer
) -> None:
    model.set_script(text="就這麼幾則。", tokens_per_second=0)
    phone = visitor("phone", phone=True, language="zh-hant")
    phone.enter("minimalist")
    phone.ask("這個房間今天有幾則訊息？")
    expect(phone.answers.last).to_contain_text("就這麼幾則。", timeout=WHOLE_MS)
    phone.page.reload()
    chip = phone.answers.last.locator(".tool-uses summary")
    expect(chip).to_have_text(re.compile(r"^查了房間紀錄 · \d+ 筆$"))
    assert phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
