"""B3 with the real model: what the site adds to an answer that is truly being thought of.

Both sides ask the same in the words of the site's own prompt; each pair asks something new. The
model, the site and the reader share all cores, as they do on a small machine.
"""

from itertools import count
from typing import Any

from django.conf import settings

from ai.parameters import Parameters
from ai.prompts import build_messages
from ai.types import ReplyRequest, Turn
from bench.load.streaming import DirectReader, SiteReader, Stream
from bench.pairs import interleave
from bench.population import ASSISTANT, People, make_people
from bench.report import Result, delay, milliseconds, ratio
from bench.stage import Stage

REPLY_TOKENS = 32
FIRST_GOAL_MS = 10.0


async def run(stage: Stage) -> Result:
    """Pairs of short answers from the embedded model."""
    people, numbers = await make_people(1, reply_tokens=REPLY_TOKENS), count(100)
    with (
        stage.real_model(reply_tokens=REPLY_TOKENS) as (open_stage, model),
        open_stage.site(with_worker=True, **model.settings) as site,
    ):
        direct = DirectReader(model.base_url, model.settings["LLM_API_KEY"])
        reader = await SiteReader.at(site.port, people, site.pids)

        async def ours() -> Stream:
            await reader.new_room()
            stream, _ = await reader.ask(_question(next(numbers)))
            return stream

        async def floor() -> Stream:
            return await direct.ask(_body(people, _question(next(numbers)), model.name))

        pairs = await interleave(ours, floor, pairs=stage.scale.pairs)
    return Result(
        name="B3-real",
        figures=[
            delay("first token, added to it", pairs, _first, at_most_ms=FIRST_GOAL_MS),
            ratio("time between tokens", pairs, _between, told=milliseconds, controlled=False),
        ],
        faults=sum(stream.faults for stream in pairs.ours),
    )


def _question(number: int) -> str:
    return f"Question {number}: which animal would you like to be, and why?"


def _body(people: People, question: str, model: str) -> dict[str, Any]:
    """The request that the site would make for this question in an empty room."""
    request = ReplyRequest(
        conversation="",
        assistant=ASSISTANT,
        assistant_name="Sage",
        language="en",
        turns=(Turn(role="user", sender=people.users[0].shown_name, text=question),),
        trace_id="",
    )
    parameters = Parameters(max_tokens=REPLY_TOKENS)
    return {
        "model": model,
        "messages": [
            {"role": message.role, "content": message.content}
            for message in build_messages(request, budget=settings.PROMPT_TOKEN_BUDGET)
        ],
        "max_tokens": parameters.max_tokens,
        "temperature": parameters.temperature,
        "top_p": parameters.top_p,
        "top_k": parameters.top_k,
        "repeat_penalty": parameters.repetition_penalty,
    }


def _first(stream: Stream) -> float:
    return stream.first_s


def _between(stream: Stream) -> float:
    return stream.between_tokens_s
