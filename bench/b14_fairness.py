"""B14: how many replies somebody waits for while another person floods the assistant with questions.

Counted in replies, from the rows of the run: a slow machine and a fast one give the same figure.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from statistics import median

from asgiref.sync import sync_to_async

from accounts.models import User
from bench.load.flood import Flood
from bench.load.streaming import SiteReader
from bench.population import make_people
from bench.report import Figure, Result
from bench.servers import Site
from bench.stage import Stage
from chat.models import Reply
from chat.types import ReplyState

FLOOD = 20  # questions
TOKENS, TOKENS_PER_SECOND = 20, 100  # of each answer
GOAL = 2
AT_ONCE = {1: "one reply at once", 2: "two replies at once"}


@dataclass(frozen=True, slots=True)
class Wait:
    """What stood before one question: the flood's replies in line when it was asked, and those that
    ended before its own began.
    """

    in_line: int
    ended: int


async def run(stage: Stage) -> Result:
    """Floods on a site that writes one reply at once, and on one that writes two."""
    result = Result(name="B14", figures=[])
    script = partial(stage.model.set_script, text=" tea", repeat=TOKENS)
    await asyncio.to_thread(script, tokens_per_second=TOKENS_PER_SECOND)
    for at_once, measure in AT_ONCE.items():
        with stage.site(with_worker=True, REPLY_CONCURRENCY=str(at_once)) as site:
            waits: list[Wait] = []
            for _ in range(stage.scale.repeats):
                waits += await _during_a_flood(site, result)
        result.figures.append(_figure(f"replies another waits for, {measure}", waits))
        result.details[measure] = waits
    return result


async def _during_a_flood(site: Site, result: Result) -> list[Wait]:
    """Somebody asks one question after the other for as long as the flood goes on."""
    flood = await Flood.at(site.port, await make_people(1))
    people = await make_people(1)
    reader = await SiteReader.at(site.port, people, site.pids)
    await reader.new_room()
    flooding = asyncio.create_task(flood.ask(FLOOD))
    await flood.is_full.wait()
    while not flooding.done():
        stream, _ = await reader.ask()
        result.faults += stream.faults
    await flooding
    return await _waits(people.users[0], flood.asker)


@sync_to_async
def _waits(asker: User, flooder: User) -> list[Wait]:
    """Of each question, in the order in which they were asked."""
    flood = list(Reply.objects.filter(asker=flooder))
    own = Reply.objects.filter(asker=asker, state=ReplyState.DONE).order_by("queued_at")
    return [_wait(reply, flood) for reply in own]


def _wait(own: Reply, flood: list[Reply]) -> Wait:
    begun = own.started_at
    assert begun, "it is done"
    before = [other for other in flood if other.queued_at < own.queued_at]
    return Wait(
        in_line=sum(not other.started_at or other.started_at > own.queued_at for other in before),
        ended=sum(
            bool(other.finished_at and own.queued_at < other.finished_at <= begun)
            for other in flood
        ),
    )


def _figure(measure: str, waits: list[Wait]) -> Figure:
    return Figure(
        measure=measure,
        value=max(wait.ended for wait in waits),
        unit="replies",
        at_most=GOAL,
        ours=f"{median(wait.ended for wait in waits):g} in the median",
        floor=f"{max(wait.in_line for wait in waits)} in line",
    )
