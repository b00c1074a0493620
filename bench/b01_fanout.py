"""B1: what it costs to pass one room message on to each of its readers.

The load publishes the messages, so only the process that holds the sockets is measured, as if they
had been sent through another one. What sending costs is B2.
"""

from bench.load.crowd import Crowd
from bench.load.fan_out import Block, FanOut
from bench.load.publishers import to_floor, to_site, to_stock_layer
from bench.pairs import Pairs, interleave
from bench.population import People, make_people
from bench.report import Result, microseconds, milliseconds, ratio
from bench.stage import Stage

DELIVERIES_PER_S = 15_000  # about a fifth of what one core can do
STOCK_DELIVERIES_PER_S = 2_000  # about half of what the stock layer can do
GOAL, P99_GOAL, STOCK_GOAL = 1.5, 2.0, 1 / 8


async def run(stage: Stage) -> Result:
    """Each size of room: against the floor, then against the stock layer."""
    result = Result(name="B1", figures=[])
    for members in stage.scale.members:
        people = await make_people(members)
        with stage.site() as site:
            crowd = Crowd()
            await crowd.join(site.port, people.tokens, people.room.slug)
            ours = FanOut(
                crowd, site.pids, to_site(people.room),
                rate=DELIVERIES_PER_S / members, seconds=stage.scale.block_s,
            )  # fmt: skip
            await _beside_floor(stage, ours, people, result)
            await _beside_stock(stage, ours, people, result)
            crowd.leave()
    return result


async def _beside_floor(stage: Stage, ours: FanOut, people: People, result: Result) -> None:
    members = len(people.users)
    with stage.floor("broadcast") as server:
        crowd = Crowd()
        await crowd.join(server.port, [""] * members)
        floor = FanOut(
            crowd, server.pids, to_floor(people.room),
            rate=DELIVERIES_PER_S / members, seconds=stage.scale.block_s,
        )  # fmt: skip
        pairs = await interleave(ours.block, floor.block, pairs=stage.scale.pairs)
        crowd.leave()
    where = f"{members} members"
    _add_cpu(result, where, pairs, GOAL)
    p99 = f"p99 from publishing to the reader, {where}"
    result.figures.append(
        ratio(p99, pairs, _p99, told=milliseconds, at_most=P99_GOAL, controlled=False)
    )
    result.faults += sum(block.faults for block in pairs.floor)


async def _beside_stock(stage: Stage, ours: FanOut, people: People, result: Result) -> None:
    members = len(people.users)
    with stage.floor("stock_layer") as server:
        crowd = Crowd()
        await crowd.join(server.port, [""] * members)
        stock = FanOut(
            crowd, server.pids, to_stock_layer(people.room),
            rate=STOCK_DELIVERIES_PER_S / members, seconds=stage.scale.block_s,
        )  # fmt: skip
        pairs = await interleave(ours.block, stock.block, pairs=stage.scale.stock_pairs)
        crowd.leave()
    _add_cpu(result, f"{members} members, beside the stock layer", pairs, STOCK_GOAL)


def _add_cpu(result: Result, where: str, pairs: Pairs[Block], at_most: float) -> None:
    measure = f"CPU per delivery, {where}"
    result.figures.append(ratio(measure, pairs, _cpu, told=microseconds, at_most=at_most))
    result.faults += sum(block.faults for block in pairs.ours)


def _cpu(block: Block) -> float:
    return block.cpu_per_delivery


def _p99(block: Block) -> float:
    return block.p99
