"""Redis dies, forgets or hangs: sends are acknowledged all the same, and the site is live again."""

import asyncio
import time

import pytest

from tests.fakes.model_server import ModelServer
from tests.faults.site import FaultSite
from tests.flows.client import Person, Tab
from tests.flows.client.tab import open_tab
from tests.flows.speaking import assistant_of
from tests.live.waiting import until

pytestmark = pytest.mark.faults

LONG = "這是一個很長的回答。"
LIVE_AGAIN_S = 8  # five by the contract; three for the machine


async def test_messages_are_acknowledged_while_redis_is_dead_and_seen_when_it_is_back(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    first, second = fault_site.addresses
    async with (
        open_tab(people[0], room, first) as speaker,
        open_tab(people[1], room, second) as listener,
    ):
        await speaker.send("before")
        await listener.caught_up(1)
        fault_site.valkey.kill()
        for text in ("in the dark", "still dark"):
            await speaker.send(text)
        fault_site.valkey.start()
        await listener.caught_up(3, LIVE_AGAIN_S)
        await speaker.send("light")
        await listener.caught_up(4, LIVE_AGAIN_S)
        assert listener.view.texts() == ["before", "in the dark", "still dark", "light"]
        listener.view.assert_sound()


async def test_a_flushed_redis_loses_no_text_of_a_running_reply(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=10, tokens_per_second=40)
    assistant = await assistant_of(people[0], room)
    async with open_tab(people[0], room) as tab, open_tab(people[1], room) as other:
        sent = await tab.send("tell me", to={"kind": "assistant", "username": assistant})
        reply = sent["reply"]["id"]
        await tab.until(lambda: len(tab.view.text_of(reply)) > 10, within=60)  # a worker begins
        await asyncio.to_thread(fault_site.forget_everything)
        other.drop()
        for each in (tab, other):
            await each.until(
                lambda each=each: each.view.state_of(reply) == "done",  # type: ignore[misc]
                within=30,
            )
            assert each.view.text_of(reply) == LONG * 10
            each.view.assert_sound()


async def test_a_killed_redis_ends_no_reply_in_an_endless_spinner(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=10, tokens_per_second=40)
    assistant = await assistant_of(people[0], room)
    async with open_tab(people[0], room) as tab:
        sent = await tab.send("tell me", to={"kind": "assistant", "username": assistant})
        reply = sent["reply"]["id"]
        await tab.until(lambda: len(tab.view.text_of(reply)) > 10)
        fault_site.valkey.kill()
        await asyncio.sleep(1)
        fault_site.valkey.start()
        await tab.until(lambda: tab.view.state_of(reply) == "done", within=45)
        assert tab.view.text_of(reply) == LONG * 10
        tab.view.assert_sound()


async def test_who_comes_back_while_redis_is_dead_keeps_the_text_and_reads_on_later(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=10, tokens_per_second=40)
    assistant = await assistant_of(people[0], room)
    async with open_tab(people[0], room) as tab:
        sent = await tab.send("tell me", to={"kind": "assistant", "username": assistant})
        reply = sent["reply"]["id"]
        await tab.until(lambda: len(tab.view.text_of(reply)) > 10)
        fault_site.valkey.kill()
        tab.drop()
        await until(lambda: _was_lost(tab))
        known = tab.view.text_of(reply)
        await tab.send("still here")  # answered after all that the return had to tell
        assert tab.view.text_of(reply) == known
        fault_site.valkey.start()
        await tab.until(lambda: tab.view.state_of(reply) == "done", within=45)
        assert tab.view.text_of(reply) == LONG * 10
        tab.view.assert_sound()


async def _was_lost(tab: Tab) -> bool:
    return bool(tab.codes)


async def test_a_hanging_redis_lets_list_and_send_work(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    fault_site.hang_redis()
    try:
        async with asyncio.timeout(15):
            began = time.monotonic()
            await people[0].send(room, "patience")
            assert [m["text"] for m in await people[0].messages(room)] == ["patience"]
            waited = time.monotonic() - began
    finally:
        fault_site.wake_redis()
    assert waited < 12  # bounded waits, far below the hang itself


async def test_a_question_asked_while_the_broker_is_down_is_answered_once_later(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text="only once")
    assistant = await assistant_of(people[0], room)
    before = model.stats()["started"]
    async with open_tab(people[0], room) as tab:
        fault_site.valkey.kill()
        sent = await tab.send("anyone?", to={"kind": "assistant", "username": assistant})
        assert sent["reply"]["state"] == "queued"
        await asyncio.sleep(2)
        fault_site.valkey.start()
        await tab.caught_up(2, within=45)
        assert [m["text"] for m in await people[0].messages(room)] == ["anyone?", "only once"]
    assert model.stats()["started"] == before + 1
