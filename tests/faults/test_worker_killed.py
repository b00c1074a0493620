"""A worker dies while it writes: another attempt begins anew, and no reader sees two mixed."""

import pytest

from tests.fakes.model_server import ModelServer
from tests.faults.site import FaultSite
from tests.flows.client import Person, Tab
from tests.flows.client.tab import open_tab
from tests.flows.speaking import answer_to, assistant_of

pytestmark = pytest.mark.faults

FIRST, SECOND = "第一次的回答。", "The second attempt says something else. "
FINAL_WITHIN_S = 30


async def asked(tab: Tab, assistant: str) -> str:
    """Ask, and return the reply's id when its text has begun to grow."""
    sent = await tab.send("tell me", to={"kind": "assistant", "username": assistant})
    reply: str = sent["reply"]["id"]
    await tab.until(lambda: len(tab.view.text_of(reply)) > 10)
    return reply


async def test_after_a_killed_worker_the_next_attempt_answers_whole(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    assistant = await assistant_of(people[0], room)
    model.set_script(text=FIRST, repeat=200, tokens_per_second=50)
    async with open_tab(people[0], room) as tab:
        reply = await asked(tab, assistant)
        fault_site.worker.kill()
        model.set_script(text=SECOND, repeat=3, tokens_per_second=100)
        await fault_site.worker.come_back()
        await tab.until(lambda: tab.view.state_of(reply) == "done", FINAL_WITHIN_S)
        assert tab.view.text_of(reply) == SECOND * 3
        assert tab.view.replies[reply].attempt == 2
        tab.view.assert_sound()
    assert (await answer_to(people[0], room, reply))["text"] == SECOND * 3


async def test_a_worker_that_only_hung_writes_nothing_when_it_wakes(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    assistant = await assistant_of(people[0], room)
    model.set_script(text=FIRST, repeat=100, tokens_per_second=20)
    second = fault_site.another_worker()
    async with open_tab(people[0], room) as tab:
        reply = await asked(tab, assistant)
        fault_site.worker.hang()
        model.set_script(text=SECOND, repeat=3, tokens_per_second=100)
        try:
            await second.come_back()
            await tab.until(lambda: tab.view.state_of(reply) == "done", FINAL_WITHIN_S)
        finally:
            fault_site.worker.go_on()
            second.kill()
        await tab.send("still here")
        await tab.until(lambda: "still here" in tab.view.texts())
        tab.view.assert_sound()
    assert (await answer_to(people[0], room, reply))["text"] == SECOND * 3


async def test_a_reply_whose_worker_dies_for_good_is_stopped_or_failed_in_time(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    assistant = await assistant_of(people[0], room)
    model.set_script(text=FIRST, repeat=200, tokens_per_second=50)
    async with open_tab(people[0], room) as tab:
        reply = await asked(tab, assistant)
        fault_site.worker.kill()
        await people[0].cancel_reply(reply)
        model.set_script()
        await fault_site.worker.come_back()
        await tab.until(
            lambda: tab.view.state_of(reply) in ("stopped", "failed", "done"), FINAL_WITHIN_S
        )
