"""B12: how much of its prompt the real model reads again in a running conversation.

New is what no earlier turn had: the question, and the marks of the template around it. The server
tells with each answer how many tokens of the prompt it found in its cache.
"""

from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from statistics import median

from bench.equipped import TOOL_QUESTION, make_equipped_people, make_remembered_room
from bench.load.streaming import MakeRoom, SiteReader
from bench.population import People, make_people, make_room
from bench.report import Figure, Result
from bench.stage import Stage

REPLY_TOKENS = 32
TOOL_EVERY = 5  # questions
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
    people = await make_people(1, reply_tokens=REPLY_TOKENS)
    turns = await _converse(stage, people, make_room, _questions(stage.scale.turns))
    return Result(name="B12", figures=_figures(turns), details={"turns": turns})


async def run_equipped(stage: Stage) -> Result:
    """The same with a persona and memory, where every fifth question needs a tool: its finding is in
    one prompt, and the answer to it is read again without it.
    """
    people = await make_equipped_people(reply_tokens=REPLY_TOKENS)
    questions = _questions(stage.scale.turns)
    questions[TOOL_EVERY - 1 :: TOOL_EVERY] = [TOOL_QUESTION] * (len(questions) // TOOL_EVERY)
    turns = await _converse(stage, people, make_remembered_room, questions)
    return Result(name="B12-all", figures=_figures(turns), details={"turns": turns})


def _questions(count: int) -> list[str]:
    nouns = islice(cycle(NOUNS), count)
    return [f"Tell me one short fact about {noun}, please." for noun in nouns]


async def _converse(
    stage: Stage, people: People, make: MakeRoom, questions: list[str]
) -> list[Turn]:
    with (
        stage.real_model(reply_tokens=REPLY_TOKENS) as (open_stage, model),
        open_stage.site(with_worker=True, **model.settings) as site,
    ):
        reader = await SiteReader.at(site.port, people, site.pids, make)
        await reader.new_room()
        return [await _turn(reader, question) for question in questions]


async def _turn(reader: SiteReader, question: str) -> Turn:
    stream, event = await reader.ask(question)
    usage = event["message"]["reply"]["passport"]
    return Turn(
        prompt=usage["prompt_tokens"],
        cached=usage["cached_tokens"],
        answer=usage["completion_tokens"],
        first_s=stream.first_s,
    )


def _figures(turns: list[Turn]) -> list[Figure]:
    later, new = turns[1:], _new_tokens(turns)
    read = sum(turn.read for turn in later) / sum(new)
    late, early = _first_token_s(later[-AVERAGED:]), _first_token_s(later[:AVERAGED])
    return [
        Figure(
            measure=f"prompt tokens read, turns 2 to {len(turns)}",
            value=read,
            at_most=READ_GOAL,
            ours=f"{median(turn.read for turn in later):.0f} a turn",
            floor=f"{median(new):.0f} new",
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


def _new_tokens(turns: list[Turn]) -> list[float]:
    """Tokens that each turn adds to the prompt and the answer before it; the usual number where the
    prompt shrank, because the window was cut or a tool's finding left it.
    """
    grown = [turn.prompt - before.prompt - before.answer for before, turn in pairwise(turns)]
    usual = median(size for size in grown if size > 0)
    return [size if size > 0 else usual for size in grown]
