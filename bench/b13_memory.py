"""B13: what a reply's memory costs as history grows, and whether its tokens are counted truly.

The cost is the processor time of recalling and putting the prompt together, with both stores. What
left the window is summed up, as on a site that has grown; then the window holds as many turns at any
size. It is measured with the copies in Redis, and from the rows, as after a flush.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter

from asgiref.sync import sync_to_async

from accounts.models import User
from ai.api import context_use, keep_step, revision_of, stream_reply
from ai.memory.store import drop
from ai.memory.summaries import Step
from ai.parameters import Parameters
from ai.prompts import build_messages
from ai.types import Brief, Finished, Recall, ReplyRequest, Route, Turn
from bench.growth import slope
from bench.population import ASSISTANT, make_history, make_people
from bench.processor import cpu_seconds, family
from bench.real_model import API_KEY
from bench.report import Figure, Result
from bench.stage import Stage
from chat.models import Membership, Reply, Room
from chat.selectors.next_question import unasked
from chat.selectors.reply_context import reply_request

A_BLOCK = 0.25  # of the other benchmarks' block, as in B9
BUDGET = 1_200
WINDOW = 10  # messages that are not summed up
ANSWER_TOKENS = 16
SAID = (
    "Has anybody seen my umbrella? I left it by the **blue** door.",
    "我把雨傘忘在藍色的門旁邊了，有人看到嗎？謝謝！",
    "青いドアのそばに傘を忘れました。見た人はいますか。",
    "파란 문 옆에 우산을 두고 왔어요. 보신 분 있나요?",
    "def find(umbrellas: list[str]) -> str:\n    return umbrellas[-1]  # ☂️ 🎉",
)


@dataclass(frozen=True, slots=True)
class Place:
    """A room with so many messages; `costs` are seconds of processor time a reply, by turn."""

    size: int
    reply: Reply
    costs: list[float] = field(default_factory=list)


async def run(stage: Stage) -> Result:
    """The costs first; then the counts, with the model."""
    figures = []
    for measure, before in (("recall and prompt", _nothing), ("the same from rows", _forget)):
        places = [await _place(size) for size in stage.scale.history]
        await sync_to_async(_measure)(stage, places, before)
        figures.append(slope(f"{measure}, cost against history", places))
    with stage.real_model(reply_tokens=ANSWER_TOKENS) as (_, model):
        route = Route(base_url=model.base_url, api_key=API_KEY)
        differences = [await _difference(route, said) for said in range(1, len(SAID) + 1)]
    figures.append(
        Figure(
            measure="tokens counted, beside the server's own count",
            value=max(map(abs, differences)),
            unit="tokens",
            at_most=0,
        )
    )
    return Result(name="B13", figures=figures, details={"differences": differences})


async def _place(size: int) -> Place:
    people = await make_people(2)
    await make_history(people, size)
    return Place(size, await _summed_up(people.room, people.users[0], size))


@sync_to_async
def _summed_up(room: Room, asker: User, size: int) -> Reply:
    """The reply to a next question, in a room whose older messages are summed up."""
    sage = User.objects.get(username=ASSISTANT)
    Membership.objects.get_or_create(room=room, user=sage)
    room.refresh_from_db()
    conversation = f"{room.pk}:{sage.pk}"
    step = Step(max(0, size - WINDOW), "They looked for an umbrella.")
    keep_step(conversation, step, revision=revision_of(conversation))
    return unasked(room=room, assistant=sage, asker=asker)


def _measure(stage: Stage, places: list[Place], before: Callable[[Place], None]) -> None:
    seconds = stage.scale.block_s * A_BLOCK
    pids = [os.getpid(), *stage.stores.pids]
    for turn in range(1 + stage.scale.pairs):
        for place in places if turn % 2 else reversed(places):
            replies, spent, end = 0, cpu_seconds(family(pids)), perf_counter() + seconds
            while not replies or perf_counter() < end:
                before(place)
                build_messages(reply_request(place.reply), budget=BUDGET)
                replies += 1
            if turn:  # the first one warms up
                place.costs.append((cpu_seconds(family(pids)) - spent) / replies)


def _nothing(place: Place) -> None:
    """Leave the copies where they are."""


def _forget(place: Place) -> None:
    """Take the copies away."""
    drop(str(place.reply.room_id))


async def _difference(route: Route, said: int) -> int:
    """Our count of a prompt with so many turns, less what the server says it was."""
    turns = tuple(Turn("user", f"Mei {n}", text, n + 1) for n, text in enumerate(SAID[:said]))
    request = ReplyRequest(
        conversation=f"b13:{said}",
        assistant=ASSISTANT,
        language="zh-hant",
        turns=turns,
        trace_id="b13",
        brief=Brief(routes=(route,), parameters=Parameters(max_tokens=ANSWER_TOKENS)),
        recall=Recall(summary="大家在找一把雨傘。"),
    )
    use = await context_use(request)
    async for event in stream_reply(request):
        if isinstance(event, Finished):
            return use.tokens - event.usage.prompt_tokens
    raise RuntimeError("the answer has no end")
