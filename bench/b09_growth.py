"""B9: whether what is read costs more as members, history and rooms grow.

Every size has a reader and a room of its own. The sizes of one figure are read in turns, up and down,
so that a machine that grows slower meanwhile bends no slope.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from asgiref.sync import sync_to_async
from django.db import connection

from bench.growth import slope
from bench.load.reading import Reader
from bench.population import People, make_history, make_people, make_rooms
from bench.report import Result
from bench.stage import Stage
from chat.selectors import room_list, timeline

A_BLOCK = 0.25  # of the other benchmarks' block: here is no floor, but many sizes
ASKED = {"list of rooms": "rooms/", "one room": "rooms/{}/", "messages": "rooms/{}/messages/"}


@dataclass(frozen=True, slots=True)
class Place:
    """A room of some size; `costs` are seconds of processor time a request, by turn."""

    size: int
    room: str
    reader: Reader
    costs: list[float] = field(default_factory=list)


async def run(stage: Stage) -> Result:
    """All three questions against all three ways of growing."""
    crowds = {
        growing: [(size, await make(size)) for size in _sizes(stage, page)]
        for growing, (make, page) in GROWING.items()
    }
    await _tidy()
    figures = []
    with stage.site() as site:
        pids = [*site.pids, *stage.stores.pids]
        for growing, people in crowds.items():
            for what, path in ASKED.items():
                async with AsyncExitStack() as readers:
                    places = [
                        Place(
                            size,
                            one.room.slug,
                            await readers.enter_async_context(
                                Reader(site.port, one.tokens[0], pids)
                            ),
                        )
                        for size, one in people
                    ]
                    await _read_in_turns(stage, places, path)
                figures.append(slope(f"{what}, cost against {growing}", places))
    return Result(name="B9", figures=figures)


async def _members(count: int) -> People:
    people = await make_people(count)
    await make_history(people, timeline.PAGE)
    return people


async def _history(count: int) -> People:
    people = await make_people(2)
    await make_history(people, count)
    return people


async def _rooms(count: int) -> People:
    people = await _members(2)
    await make_rooms(people, count)
    return people


GROWING: dict[str, tuple[Callable[[int], Awaitable[People]], int]] = {
    "members": (_members, 1),
    "history": (_history, timeline.PAGE),
    "own rooms": (_rooms, room_list.PAGE),
}


def _sizes(stage: Stage, page: int) -> list[int]:
    """From one full page on: below it an answer is smaller because there is less to tell."""
    return sorted({max(size, page) for size in stage.scale.growth})


@sync_to_async
def _tidy() -> None:
    """What autovacuum does for a site that has grown more slowly."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


async def _read_in_turns(stage: Stage, places: Sequence[Place], path: str) -> None:
    seconds = stage.scale.block_s * A_BLOCK
    for turn in range(1 + stage.scale.pairs):
        for place in places if turn % 2 else reversed(places):
            block = await place.reader.block(path.format(place.room), seconds)
            if turn:  # the first one warms up
                place.costs.append(block.cpu_s / block.requests)
