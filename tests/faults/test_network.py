"""Lost acknowledgements, half-open connections and readers that stop reading."""

import asyncio
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.faults.proxy import fault_proxy
from tests.faults.site import FaultSite
from tests.flows.client import Person, dial
from tests.flows.client.person import new_client_id
from tests.flows.client.tab import open_tab
from tests.flows.speaking import say
from tests.live.waiting import until

pytestmark = pytest.mark.faults


async def test_a_retry_after_a_lost_acknowledgement_returns_the_first_row(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    client_id = new_client_id()
    fields = {"room": room, "client_id": client_id, "text": "once"}
    async with fault_proxy(fault_site.base_url) as proxy:
        unlucky = await people[0].connect(proxy.base_url)
        proxy.lose_answers()
        await unlucky.start("message.send", **fields)

        async def stored() -> bool:
            return len(await people[1].messages(room)) == 1

        await until(stored)
        proxy.reset()
    async with await people[0].connect() as socket:
        ack = await socket.command("message.send", **fields)
    assert await people[1].messages(room) == [ack["message"]]


async def test_messages_sent_into_a_half_open_connection_arrive_once_after_the_return(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    async with (
        fault_proxy(fault_site.base_url) as proxy,
        open_tab(people[0], room, proxy.base_url) as tab,
        open_tab(people[1], room) as other,
    ):
        await tab.send("before")
        proxy.swallow()
        sending = asyncio.create_task(tab.send("into the void"))
        await other.send("meanwhile")
        await asyncio.wait([sending], timeout=0.5)
        proxy.reset()
        proxy.heal()
        await sending
        await tab.caught_up(3)
        assert sorted(tab.view.texts()) == ["before", "into the void", "meanwhile"]
        assert tab.view.repeated == 0
        tab.view.assert_sound()


@pytest.mark.timeout(150)
async def test_the_site_ends_a_half_open_connection_within_45_seconds(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    async with fault_proxy(fault_site.base_url) as proxy, await people[1].connect() as watcher:
        await watcher.open_room(room)
        ghost = await people[0].connect(proxy.base_url)
        await ghost.open_room(room)
        await watcher.expect("presence.changed", username=people[0].username, online=True)
        proxy.swallow()
        await watcher.expect(
            "presence.changed", username=people[0].username, online=False, within=60
        )
        proxy.reset()


async def test_a_reader_that_stops_reading_costs_the_others_nothing_and_can_resume(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    owner, slow, quick = people
    connection = await dial(slow.base_url, slow.access)
    await connection.send(f'{{"id":"1","type":"room.open","room":"{room}"}}')
    connection.transport.pause_reading()
    text = "長" * 7_000
    async with await owner.connect() as ours, open_tab(quick, room) as tab:
        for _ in range(200):
            await say(ours, room, text)
        await tab.caught_up(200)
        tab.view.assert_sound()
    connection.transport.resume_reading()
    with suppress(ConnectionClosed):
        async for _ in connection:
            pass
    assert connection.close_code == 4408
    async with open_tab(slow, room) as again:
        await again.caught_up(200)
        assert len(again.view.texts()) == 200
