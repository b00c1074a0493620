"""B8: the memory that one signed-in socket with an open room takes.

Counted is what a fresh server process has for itself alone, before and after the sockets came.
"""

import asyncio
from statistics import median

import psutil

from bench.load.crowd import Crowd
from bench.pairs import interleave
from bench.population import make_people
from bench.report import Figure, Result, ratio
from bench.stage import Stage

KIB = 1024
RATIO_GOAL, KIB_GOAL = 2.0, 30.0
WARM = 20  # sockets that make the process load what it loads once
SETTLE_S = 2.0


async def run(stage: Stage) -> Result:
    """Fresh processes on both sides, each time."""
    people = await make_people(stage.scale.sockets + WARM)

    async def ours() -> float:
        with stage.site() as site:
            return await _per_socket(site.port, site.pids[0], people.tokens, people.room.slug)

    async def floor() -> float:
        with stage.floor("broadcast") as server:
            return await _per_socket(server.port, server.pids[0], [""] * len(people.tokens))

    pairs = await interleave(ours, floor, pairs=stage.scale.fresh_pairs, warm_up=False)
    size = median(pairs.ours) / KIB
    return Result(
        name="B8",
        figures=[
            ratio(
                "memory per socket", pairs, float, told=_kib, at_most=RATIO_GOAL, controlled=False
            ),
            Figure(measure="memory per socket", value=size, unit="KiB", at_most=KIB_GOAL),
        ],
        details={"sockets": stage.scale.sockets},
    )


async def _per_socket(port: int, pid: int, tokens: list[str], room: str = "") -> float:
    """Bytes for each socket after the first few."""
    first, others = Crowd(), Crowd()
    await first.join(port, tokens[:WARM], room)
    before = _own_memory(pid)
    await others.join(port, tokens[WARM:], room)
    await asyncio.sleep(SETTLE_S)
    after = _own_memory(pid)
    for crowd in (first, others):
        crowd.leave()
    return (after - before) / len(others.listeners)


def _own_memory(pid: int) -> int:
    """Bytes that only this process has (USS)."""
    return int(psutil.Process(pid).memory_full_info().uss)


def _kib(size: float) -> str:
    return f"{size / KIB:.1f} KiB"
