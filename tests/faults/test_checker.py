"""Fifty-two seeded schedules. One that fails is run again by its number alone."""

import pytest

from tests.faults.checker import run_schedule
from tests.faults.nemesis import nemesis_of
from tests.faults.site import FaultSite
from tests.flows.client import Person

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("seed", range(52))
async def test_nothing_acknowledged_is_lost_doubled_or_out_of_order(
    fault_site: FaultSite, people: list[Person], room: str, seed: int
) -> None:
    await run_schedule(fault_site, people, room, seed, nemesis_of(seed))
