"""Health while parts are away: the true ones are named, the others stay good, and nobody waits long."""

import httpx
import pytest

from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.live.waiting import until

pytestmark = pytest.mark.faults

PARTS = ("database", "redis", "broker", "workers", "model")
PATIENCE_S = 8  # the first answer of a process may take five seconds, every other one and a half


async def missing(site: FaultSite) -> set[str]:
    """The parts that /readyz says are away."""
    async with httpx.AsyncClient(base_url=site.base_url, timeout=PATIENCE_S) as http:
        answer = await http.get("/readyz")
        alive = await http.get("/healthz")
    body = answer.json()
    away = {part for part in PARTS if not body[part]["ok"]}
    assert answer.status_code == (503 if away else 200)
    assert alive.status_code == 200
    return away


async def expect_missing(site: FaultSite, parts: set[str]) -> None:
    """Wait until just these parts are said to be away."""

    async def so() -> bool:
        return await missing(site) == parts

    await until(so, within=20)


async def test_a_dead_worker_is_missed_and_a_new_one_is_found(fault_site: FaultSite) -> None:
    await expect_missing(fault_site, set())
    fault_site.worker.kill()
    await expect_missing(fault_site, {"workers"})
    await fault_site.worker.come_back()
    await expect_missing(fault_site, set())


async def test_a_redis_that_hangs_takes_along_only_what_needs_it(fault_site: FaultSite) -> None:
    await expect_missing(fault_site, set())
    fault_site.hang_redis()
    try:
        await expect_missing(fault_site, {"redis", "broker", "workers"})
    finally:
        fault_site.wake_redis()
    await expect_missing(fault_site, set())


async def test_a_dead_postgres_is_missed_and_found_again(fault_site: FaultSite) -> None:
    fault_site.postgres.kill()
    await expect_missing(fault_site, {"database"})
    fault_site.postgres.start()
    await expect_missing(fault_site, set())


async def test_without_a_database_the_api_says_when_to_come_back(
    fault_site: FaultSite, people: list[Person]
) -> None:
    fault_site.postgres.kill()
    try:
        answer = await people[0].http.get("/api/v1/rooms/")
    finally:
        fault_site.postgres.start()
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert int(answer.headers["Retry-After"]) > 0
