"""B12: how much of its prompt the real model reads again in a running conversation.

New is what no earlier turn had: the question, and the marks of the template around it. The server
tells with each answer how many tokens of the prompt it found in its cache.
"""

from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from statistics import median

from bench.load.streaming import SiteReader
from bench.population import make_people
from bench.report import Figure, Result
from bench.stage import Stage

REPLY_TOKENS = 32
AVERAGED = 3  # turns at either end: a single one says more of the machine than of the site
READ_GOAL, LATE_GOAL = 1.1, 1.5
NOUNS = (
    "rain", "bread", "rivers", "glass", "owls", "paper", "salt", "clocks", "snow", "tea",
    "boats", "iron", "moss", "drums", "maps", "bees", "sand", "lamps", "chess", "wool",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and its answer, in tokens and seconds."""

    prompt: int
    cached: int
    answer: int
    first_s: float

    @property
    def read(self) -> int:
        """Tokens of the prompt that the server had to read."""
        return self.prompt - self.cached


async def run(stage: Stage) -> Result:
    """One conversation between one person and the assistant."""
    nouns = islice(cycle(NOUNS), stage.scale.turns)
    with (
        stage.real_model(reply_tokens=REPLY_TOKENS) as (open_stage, model),
        open_stage.site(with_worker=True, **model.settings) as site,
    ):
        reader = await SiteReader.at(
            site.port, await make_people(1, reply_tokens=REPLY_TOKENS), site.pids
        )
        await reader.new_room()
        turns = [await _turn(reader, noun) for noun in nouns]
    return Result(name="B12", figures=_figures(turns), details={"turns": turns})


async def _turn(reader: SiteReader, noun: str) -> Turn:
    stream, event = await reader.ask(f"Tell me one short fact about {noun}, please.")
    usage = event["message"]["reply"]["passport"]
    return Turn(
        prompt=usage["prompt_tokens"],
        cached=usage["cached_tokens"],
        answer=usage["completion_tokens"],
        first_s=stream.first_s,
    )


def _figures(turns: list[Turn]) -> list[Figure]:
    later = turns[1:]
    new = _new_tokens(turns)
    read = sum(turn.read for turn in later) / (new * len(later))
    late, early = _first_token_s(later[-AVERAGED:]), _first_token_s(later[:AVERAGED])
    return [
        Figure(
            measure=f"prompt tokens read, turns 2 to {len(turns)}",
            value=read,
            at_most=READ_GOAL,
            ours=f"{median(turn.read for turn in later):.0f} a turn",
            floor=f"{new:.0f} new",
        ),
        Figure(
            measure=f"first token around turn {len(turns)}, to turn 2",
            value=late / early,
            at_most=LATE_GOAL,
            ours=f"{late:.2f} s",
            floor=f"{early:.2f} s",
        ),
    ]


def _first_token_s(turns: list[Turn]) -> float:
    return median(turn.first_s for turn in turns)


def _new_tokens(turns: list[Turn]) -> float:
    """Tokens that a turn adds to the prompt and the answer before it; cuts of the window aside."""
    grown = [turn.prompt - before.prompt - before.answer for before, turn in pairwise(turns)]
    return median(size for size in grown if size > 0)
