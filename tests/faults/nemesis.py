"""The faults of the checker's schedules, from lost packets to killed servers."""

import asyncio
import random

from tests.faults.checker import History, Nemesis
from tests.faults.proxy import FaultProxy
from tests.faults.site import FaultSite

BLOWS = 4  # of the network in one schedule


async def calm(
    site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
) -> None:
    """Nothing but the tabs' own reconnects."""


async def bad_network(
    site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
) -> None:
    """Resets, half-open connections and lost answers."""
    for _ in range(BLOWS):
        await asyncio.sleep(chance.uniform(0.05, 0.25))
        proxy = chance.choice(proxies)
        blow = chance.choice(["reset", "swallow", "lose_answers"])
        history.note("network", blow)
        getattr(proxy, blow)()
        await asyncio.sleep(chance.uniform(0.02, 0.15))
        proxy.reset()
        proxy.heal()


async def killed_web(
    site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
) -> None:
    """One web process is killed, and comes back."""
    await asyncio.sleep(chance.uniform(0.1, 0.4))
    web = chance.choice(site.web)
    history.note("killed", web.name)
    web.kill()
    await asyncio.sleep(chance.uniform(0, 0.3))
    await web.come_back()


async def killed_redis(
    site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
) -> None:
    """Valkey is killed, and comes back with what it had written."""
    await asyncio.sleep(chance.uniform(0.1, 0.4))
    history.note("killed valkey")
    site.valkey.kill()
    await asyncio.sleep(chance.uniform(0, 0.5))
    site.valkey.start()


async def flushed_redis(
    site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
) -> None:
    """Redis forgets everything."""
    await asyncio.sleep(chance.uniform(0.1, 0.4))
    history.note("flushed valkey")
    await asyncio.to_thread(site.forget_everything)


async def restarted_postgres(
    site: FaultSite, proxies: list[FaultProxy], chance: random.Random, history: History
) -> None:
    """Postgres is killed, and recovers from its log."""
    await asyncio.sleep(chance.uniform(0.1, 0.4))
    history.note("killed postgres")
    site.postgres.kill()
    await asyncio.sleep(chance.uniform(0, 0.3))
    site.postgres.start()


RARE: dict[int, Nemesis] = {
    0: calm,
    10: killed_web,
    15: flushed_redis,
    20: killed_web,
    25: killed_redis,
    30: restarted_postgres,
    35: flushed_redis,
    40: killed_web,
    45: killed_redis,
    50: restarted_postgres,
}


def nemesis_of(seed: int) -> Nemesis:
    """The fault of a schedule: mostly the network, now and then a server."""
    return RARE.get(seed, bad_network)
