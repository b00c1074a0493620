"""B3: what the site adds to a model's stream, against a scripted server of a given speed.

Ours is the whole way: the question's frame, its commit, the queue, the worker, the room, the
reader's socket. The floor reads the server's own stream in the process that makes the load.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from statistics import median

from bench.counters import Counts, read_counts
from bench.equipped import TOOL_QUESTION, make_equipped_people, make_remembered_room
from bench.load.streaming import QUESTION, DirectReader, SiteReader, Stream
from bench.pairs import Pairs, interleave, percentile
from bench.population import make_people
from bench.report import Figure, Result, delay, milliseconds, ratio
from bench.stage import Stage

TOKEN = " tea"
RATES = {50: None, 250: 1.01, 1_000: 1.05}  # tokens a second: goal of the total's ratio
EQUIPPED_RATE = 250
FIRST_GOAL_MS, FIRST_P95_GOAL_MS, CPU_GOAL_US = 10.0, 30.0, 30.0
SHORT = 8  # tokens of a reply of which only the first one matters
SHORT_A_PAIR = 4
LONGEST_REPLY = 2_048


@dataclass(frozen=True, slots=True)
class Sides:
    """The site's reader, the floor's, and what the first of them asks."""

    reader: SiteReader
    direct: DirectReader
    question: str = QUESTION


async def run(stage: Stage) -> Result:
    """The first token over many short replies, then long replies at each rate."""
    result = Result(name="B3", figures=[])
    people = await make_people(1, reply_tokens=LONGEST_REPLY)
    with stage.site(with_worker=True) as site:
        reader = await SiteReader.at(site.port, people, site.pids)
        await _compare(stage, Sides(reader, DirectReader(stage.model.base_url)), RATES, result)
        await _count(stage, reader, result)
    return result


async def run_equipped(stage: Stage) -> Result:
    """The same at one rate, where a persona, memory and a tool go into each prompt."""
    result = Result(name="B3-all", figures=[])
    people = await make_equipped_people(reply_tokens=LONGEST_REPLY)
    with stage.site(with_worker=True) as site:
        reader = await SiteReader.at(site.port, people, site.pids, make_remembered_room)
        sides = Sides(reader, DirectReader(stage.model.base_url), TOOL_QUESTION)
        await _compare(stage, sides, {EQUIPPED_RATE: RATES[EQUIPPED_RATE]}, result)
    return result


async def _compare(
    stage: Stage, sides: Sides, rates: Mapping[int, float | None], result: Result
) -> None:
    fixed_s = await _first_token(stage, sides, result)
    for rate, goal in rates.items():
        tokens = min(LONGEST_REPLY, max(2 * SHORT, round(rate * stage.scale.stream_s)))
        pairs = await _pairs(stage, sides, rate, tokens, pairs=stage.scale.pairs)
        _add(result, rate, pairs, goal, fixed_s)


async def _first_token(stage: Stage, sides: Sides, result: Result) -> float:
    """Returns what a reply of hardly any text costs: seconds of processor time."""
    many = stage.scale.pairs * SHORT_A_PAIR
    pairs = await _pairs(stage, sides, 250, SHORT, pairs=many)
    added = [a.first_s - b.first_s for a, b in zip(pairs.ours, pairs.floor, strict=True)]
    slowest = percentile(added, 0.95) * 1e3
    result.figures += [
        delay("first token, added to it, p50", pairs, _first, at_most_ms=FIRST_GOAL_MS),
        Figure(
            measure="first token, added to it, p95",
            value=slowest,
            unit="ms",
            at_most=FIRST_P95_GOAL_MS,
        ),
    ]
    return median(stream.cpu_s for stream in pairs.ours)


async def _pairs(
    stage: Stage, sides: Sides, rate: int, tokens: int, *, pairs: int
) -> Pairs[Stream]:
    await asyncio.to_thread(
        partial(stage.model.set_script, text=TOKEN, repeat=tokens, tokens_per_second=rate)
    )
    body = {"messages": [{"role": "user", "content": sides.question}]}

    async def ours() -> Stream:
        await sides.reader.new_room()
        stream, _ = await sides.reader.ask(sides.question)
        return stream

    return await interleave(ours, partial(sides.direct.ask, body), pairs=pairs)


def _add(
    result: Result, rate: int, pairs: Pairs[Stream], goal: float | None, fixed_s: float
) -> None:
    where, tokens = f"{rate} tokens/s", pairs.ours[0].tokens
    cpu_s = median(stream.cpu_s for stream in pairs.ours)
    more_s = max(0.0, cpu_s - fixed_s) / (tokens - SHORT)
    result.figures += [
        ratio(f"total time, {where}", pairs, _total, told=milliseconds, at_most=goal),
        Figure(
            measure=f"CPU per token, {where}, {tokens} tokens",
            value=cpu_s / tokens * 1e6,
            unit="µs",
            at_most=CPU_GOAL_US,
        ),
        Figure(measure=f"CPU per further token, {where}", value=more_s * 1e6, unit="µs"),
    ]
    wanted = TOKEN * tokens
    result.faults += sum(stream.faults + (stream.text != wanted) for stream in pairs.ours)


async def _count(stage: Stage, reader: SiteReader, result: Result) -> None:
    """What a long reply writes more than a short one, for each token more."""
    long = max(2 * SHORT, round(250 * stage.scale.stream_s))
    few, many = [await _counts(stage, reader, tokens) for tokens in (SHORT, long)]
    writes = max(0, many.writes() - few.writes()) / (long - SHORT)
    commands = (many.commands.total() - few.commands.total()) / (long - SHORT)
    result.figures += [
        Figure(measure="database writes per token", value=writes, unit="SQL", at_most=0),
        Figure(measure="commands per token, 250 tokens/s", value=commands, unit="Redis"),
    ]


async def _counts(stage: Stage, reader: SiteReader, tokens: int) -> Counts:
    script = partial(stage.model.set_script, text=TOKEN, repeat=tokens, tokens_per_second=250)
    await asyncio.to_thread(script)
    await reader.new_room()
    before = await asyncio.to_thread(read_counts)
    await reader.ask()
    return (await asyncio.to_thread(read_counts)).since(before)


def _first(stream: Stream) -> float:
    return stream.first_s


def _total(stream: Stream) -> float:
    return stream.total_s
