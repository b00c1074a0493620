"""B2: one message from its frame through the commit to the acknowledgement.

Every sender has a room of their own and has it open, so a send costs one delivery as well. The
figures without noise (statements, commands, bytes) come from a block that is counted, not timed.
"""

import asyncio

from bench.counters import Counts, each_time, read_counts, rows_of
from bench.load.sending import Block, Sender, Sending, join
from bench.pairs import interleave
from bench.population import make_people
from bench.report import Figure, Result, delay, milliseconds, ratio
from bench.servers import Floor, Site
from bench.stage import Stage

SENDERS = 8
SENDS_PER_S = 60  # about a third of what one core does
CPU_GOAL, P95_GOAL_MS, STATEMENTS_GOAL, COMMANDS_GOAL = 2.0, 5.0, 2, 1


async def run(stage: Stage) -> Result:
    """Ours beside asyncpg's INSERT RETURNING and PUBLISH."""
    with stage.site() as site, stage.floor("durable_send") as floor:
        earlier = rows_of("chat_message")
        ours = _sending(stage, await _people(site), site.pids)
        bare = _sending(stage, await _nobody(floor), floor.pids)
        pairs = await interleave(ours.block, bare.block, pairs=stage.scale.pairs)
        counted, counts, heard = await _counted(ours)
        lost = abs(rows_of("chat_message") - earlier - ours.sent)
        lost += abs(rows_of("floor_message") - bare.sent)
    return Result(
        name="B2",
        figures=[
            ratio("CPU per send", pairs, _cpu, told=milliseconds, at_most=CPU_GOAL),
            ratio("CPU per send with both stores", pairs, _system_cpu, told=milliseconds),
            delay("p95 to the ack, above the floor", pairs, _p95, at_most_ms=P95_GOAL_MS),
            *_counters(counts, counted.sends),
        ],
        faults=lost + sum(block.faults for block in [*pairs.ours, *pairs.floor, counted]),
        details={
            "statements": each_time(counts.statements, counted.sends),
            "commands": each_time(counts.commands, counted.sends),
            "frames heard": heard[0] / counted.sends,
            "bytes heard": heard[1] / counted.sends,
        },
    )


def _sending(stage: Stage, senders: list[Sender], pids: list[int]) -> Sending:
    return Sending(senders, pids, stage.stores.pids, rate=SENDS_PER_S, seconds=stage.scale.block_s)


async def _people(site: Site) -> list[Sender]:
    senders = []
    for _ in range(SENDERS):
        people = await make_people(1)
        sender = await join(site.port, people.room.slug, people.tokens[0])
        await sender.command(type="room.open", room=sender.room)
        senders.append(sender)
    return senders


async def _nobody(floor: Floor) -> list[Sender]:
    return [await join(floor.port) for _ in range(SENDERS)]


async def _counted(ours: Sending) -> tuple[Block, Counts, tuple[int, int]]:
    """A block with the calls it made, and the frames and bytes that its senders heard."""
    before, (frames, volume) = await asyncio.to_thread(read_counts), ours.heard()
    block = await ours.block()
    counts = (await asyncio.to_thread(read_counts)).since(before)
    return block, counts, (ours.heard()[0] - frames, ours.heard()[1] - volume)


def _counters(counts: Counts, sends: int) -> list[Figure]:
    queries = each_time(counts.queries(), sends).total()
    framing = each_time(counts.statements, sends).total() - queries
    commands = each_time(counts.commands, sends).total()
    return [
        Figure(measure="statements per send", value=queries, unit="SQL", at_most=STATEMENTS_GOAL),
        Figure(measure="transaction frames per send", value=framing, unit="SQL"),
        Figure(measure="commands per send", value=commands, unit="Redis", at_most=COMMANDS_GOAL),
    ]


def _cpu(block: Block) -> float:
    return block.cpu_s / block.sends


def _system_cpu(block: Block) -> float:
    return block.system_cpu_s / block.sends


def _p95(block: Block) -> float:
    return block.p95
