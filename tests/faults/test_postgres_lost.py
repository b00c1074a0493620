"""Postgres dies under load: what was acknowledged is there, and the pools recover."""

import asyncio

import pytest

from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.flows.client.tab import open_tab

pytestmark = pytest.mark.faults

RECOVERED_S = 15  # ten by the contract; five for the machine


async def test_acknowledged_means_committed_when_postgres_is_killed_under_load(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    first, second = fault_site.addresses
    async with (
        open_tab(people[0], room, first) as one,
        open_tab(people[1], room, second) as other,
    ):
        burst = [
            asyncio.create_task(tab.send(f"{n}", within=40))
            for n in range(30)
            for tab in (one, other)
        ]
        await asyncio.wait(burst, return_when=asyncio.FIRST_COMPLETED)
        fault_site.postgres.kill()
        await asyncio.sleep(0.5)
        fault_site.postgres.start()
        sent = await asyncio.gather(*burst)
        stored = await people[0].messages(room)
        assert sorted(m["id"] for m in sent) == [m["id"] for m in stored]
        assert [m["seq"] for m in stored] == list(range(1, 61))
        for tab in (one, other):
            await tab.caught_up(60)
            tab.view.assert_same_as(stored)
            tab.view.assert_sound()


async def test_the_site_works_again_soon_after_postgres_is_back(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    async with open_tab(people[0], room) as tab:
        fault_site.postgres.kill()
        await asyncio.sleep(1)
        fault_site.postgres.start()
        await tab.send("back again", within=RECOVERED_S)
        assert [m["text"] for m in await people[0].messages(room)] == ["back again"]


async def test_while_postgres_is_away_the_answer_is_a_clean_error(
    fault_site: FaultSite, people: list[Person], room: str
) -> None:
    fault_site.postgres.kill()
    try:
        answer = await people[0].http.get(f"/api/v1/rooms/{room}/")
        assert answer.status_code == 503
        assert set(answer.json()) == {"code", "message", "data"}
        ready = await people[0].http.get("/readyz")
        alive = await people[0].http.get("/healthz")
        assert (ready.status_code, alive.status_code) == (503, 200)
    finally:
        fault_site.postgres.start()
