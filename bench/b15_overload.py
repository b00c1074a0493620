"""B15: what a web process still answers where many times more people ask than it can serve.

Both sides are the site. The floor has as many clients as it works on requests at once: its peak. Ours
has 2,000, who are refused and come again when the refusal says. Peak by ours: 1.25 is four fifths.
"""

from contextlib import closing
from statistics import median

from django.conf import settings

from bench.load.requests import Asked, Crowd, faults_in
from bench.pairs import Pairs, interleave
from bench.population import make_history, make_people
from bench.report import Figure, Result, milliseconds, ratio
from bench.stage import Stage
from chat.selectors.timeline import PAGE
from echomind.common.rest_errors import RETRY_AFTER_S

CLIENTS_A_SOCKET = 2  # of the scale's sockets
BLOCKS = 3  # of the scale's seconds in one block, so that who was refused comes again in it
GOAL = 1.25


async def run(stage: Stage) -> Result:
    """Blocks at the peak and above it in turns."""
    people = await make_people(1)
    await make_history(people, PAGE)
    size = stage.scale.sockets * CLIENTS_A_SOCKET
    seconds = stage.scale.block_s * BLOCKS
    path = f"/api/v1/rooms/{people.room.slug}/messages/?limit={PAGE}"
    with (
        stage.site() as site,
        closing(
            Crowd(site.port, site.pids[0], path=path, token=people.tokens[0], size=size)
        ) as crowd,
    ):

        async def ours() -> Asked:
            return await crowd.block(size, seconds, over_s=RETRY_AFTER_S)

        async def floor() -> Asked:
            return await crowd.block(min(size, settings.HTTP_REQUESTS_AT_ONCE), seconds, over_s=0)

        pairs = await interleave(ours, floor, pairs=max(3, stage.scale.pairs // 2))
    return _result(pairs, size)


def _result(pairs: Pairs[Asked], size: int) -> Result:
    return Result(
        name="B15",
        figures=[
            ratio(
                f"time per answer, {size:,} clients",
                pairs,
                lambda asked: asked.seconds_each,
                told=milliseconds,
                at_most=GOAL,
            ),
            ratio(
                f"CPU per answer, {size:,} clients",
                pairs,
                lambda asked: asked.cpu_each,
                told=milliseconds,
            ),
            Figure(measure="CPU per refusal", value=_refusal_s(pairs) * 1e6, unit="µs"),
        ],
        faults=faults_in([*pairs.ours, *pairs.floor]),
        details={
            "answered": [asked.answered for asked in pairs.ours],
            "refused": [asked.refused for asked in pairs.ours],
            "answered at the peak": [asked.answered for asked in pairs.floor],
        },
    )


def _refusal_s(pairs: Pairs[Asked]) -> float:
    """What is left of the processor time above the peak when each answer costs what it costs there."""
    return median(
        (ours.cpu_s - ours.answered * peak.cpu_each) / max(1, ours.refused)
        for ours, peak in zip(pairs.ours, pairs.floor, strict=True)
    )
