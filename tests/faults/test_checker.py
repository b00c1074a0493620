"""Fifty-two seeded schedules. One that fails is run again by its number alone."""

import random

import psycopg
import pytest

from tests.faults.checker import DONE, History, run_schedule
from tests.faults.nemesis import nemesis_of
from tests.faults.proxy import FaultProxy
from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.live.waiting import until

pytestmark = pytest.mark.faults

NEWEST = "(SELECT max(id) FROM chat_message WHERE removed_at IS NULL AND client_id LIKE '%-%')"
SABOTAGE = {
    "a lost row": f"UPDATE chat_message SET removed_at = now() WHERE id = {NEWEST}",
    "a changed row": f"UPDATE chat_message SET text = 'forged' WHERE id = {NEWEST}",
    "a moved row": f"UPDATE chat_message SET seq = seq + 1000 WHERE id = {NEWEST}",
}


@pytest.mark.parametrize("seed", range(52))
async def test_nothing_acknowledged_is_lost_doubled_or_out_of_order(
    fault_site: FaultSite, people: list[Person], room: str, seed: int
) -> None:
    await run_schedule(fault_site, people, room, seed, nemesis_of(seed))


@pytest.mark.parametrize("statement", SABOTAGE.values(), ids=SABOTAGE)
async def test_the_checker_finds_what_went_wrong_behind_its_back(
    fault_site: FaultSite, people: list[Person], room: str, statement: str
) -> None:
    async def saboteur(
        site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
    ) -> None:
        async def all_done() -> bool:
            return str(history).count(DONE) == len(people)

        await until(all_done, within=40)
        with psycopg.connect(site.database_url) as connection:
            connection.execute(statement)

    with pytest.raises(AssertionError, match="seed 1"):
        await run_schedule(fault_site, people, room, 1, saboteur)
