"""A web process dies under load: its readers come back elsewhere, with nothing lost or doubled."""

import asyncio

import pytest

from tests.fakes.model_server import ModelServer
from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.flows.client.tab import open_tab
from tests.flows.speaking import assistant_of

pytestmark = pytest.mark.faults

LONG = "這是一個很長的回答。"


async def test_a_broadcast_survives_the_death_of_one_of_two_processes(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    first, second = fault_site.addresses
    async with (
        open_tab(people[0], room, second) as speaker,
        open_tab(people[1], room, first, second) as mover,
        open_tab(people[2], room, second) as stayer,
    ):
        for number in range(60):
            if number == 20:
                fault_site.web[0].kill()
            await speaker.send(str(number))
        for tab in (speaker, mover, stayer):
            await tab.caught_up(60)
            assert tab.view.texts() == [str(number) for number in range(60)]
            assert tab.view.repeated == 0
            tab.view.assert_sound()
        assert mover.codes, "the tab of the killed process noticed nothing"


async def test_what_the_killed_process_had_acknowledged_is_stored(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    first, second = fault_site.addresses
    async with open_tab(people[0], room, first, second) as speaker:
        burst = [asyncio.create_task(speaker.send(str(number))) for number in range(40)]
        await asyncio.wait(burst, return_when=asyncio.FIRST_COMPLETED)
        fault_site.web[0].kill()
        sent = await asyncio.gather(*burst)
        people[0].move_to(second)
        stored = await people[0].messages(room)
    assert sorted(m["id"] for m in sent) == [m["id"] for m in stored]
    assert [m["seq"] for m in stored] == list(range(1, 41))


async def test_an_answer_goes_on_while_its_readers_process_is_gone(
    fault_site: FaultSite, people: list[Person], room: str, model: ModelServer
) -> None:
    model.set_script(text=LONG, repeat=10, tokens_per_second=40)
    first, second = fault_site.addresses
    assistant = await assistant_of(people[0], room)
    async with open_tab(people[0], room, first, second) as tab:
        sent = await tab.send("tell me", to={"kind": "assistant", "username": assistant})
        reply = sent["reply"]["id"]
        await tab.until(lambda: len(tab.view.text_of(reply)) > 10)
        fault_site.web[0].kill()
        await tab.until(lambda: tab.view.state_of(reply) == "done", within=30)
        assert tab.view.text_of(reply) == LONG * 10
        assert tab.view.replies[reply].attempt == 1
        tab.view.assert_sound()


async def test_a_clean_end_of_a_process_closes_with_1012(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    async with await people[0].connect() as socket:
        await socket.open_room(room)
        await asyncio.to_thread(fault_site.web[0].stop)
        assert await socket.close_code() == 1012
