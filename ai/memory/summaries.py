"""Makes the notes on turns that leave the window, and keeps them."""

from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from itertools import accumulate, takewhile

from django.conf import settings

from ai.backends.base import ChatMessage, Order, Text
from ai.memory.changes import changing
from ai.memory.counting import measured
from ai.memory.facts import Noticed, notice
from ai.memory.note_taking import TURN_TOKENS, Transcript, read_summary
from ai.models import Memory, Summary
from ai.orders import Desk, desk_of, make_order
from ai.parameters import Parameters
from ai.prompts import Measure, draft_prompt
from ai.prompts.tokens import MESSAGE_OVERHEAD, estimate_tokens
from ai.routing import first_route
from ai.silence import heard
from ai.tools import Workbench, offered_tools
from ai.traditional import TraditionalStream, reads_traditional
from ai.types import ReplyRequest, Turn

CROWDED = 0.8  # of the budget: from here on old turns are summarised
LEFT = 0.4  # of the budget: what stays as it was said
KEPT_SUMMARIES = 50  # of one conversation, to go back to when a message changes
NOTE_PARAMETERS = Parameters(temperature=0.3, max_tokens=160, repetition_penalty=1.1)


@dataclass(frozen=True, slots=True)
class Step:
    """Notes on the turns up to message `until`."""

    until: int
    summary: str
    facts: tuple[Noticed, ...] = ()


def may_be_crowded(request: ReplyRequest) -> bool:
    """A first look without any server: whether the window may be full enough for a summary."""
    budget = int(settings.PROMPT_TOKEN_BUDGET)
    return _size(draft_prompt(request, budget=budget).texts, estimate_tokens) > CROWDED * budget


def revision_of(conversation: str) -> int:
    """The number of the memory's changes, to be given back to `keep_step`."""
    Memory.objects.bulk_create([Memory(conversation=conversation)], ignore_conflicts=True)
    return Memory.objects.values_list("revision", flat=True).get(conversation=conversation)


async def next_step(request: ReplyRequest) -> Step | None:
    """Let the model sum up the oldest turns; None while the window has room.

    Raises the model's errors.
    """
    desk = await desk_of(first_route(request.brief))
    leaving = await _leaving(request, desk)
    if not leaving:
        return None
    transcript = Transcript(leaving, request.recall.summary, request.language)
    staying = [turn.message for turn in request.turns[len(leaving) :]]
    until = min(staying) - 1
    if until <= request.recall.until:
        return None
    summary = read_summary(await _notes(request, desk, transcript.ask_for_summary()))
    if not summary:
        return None
    facts = transcript.read_facts(await _notes(request, desk, transcript.ask_for_facts()))
    return Step(until, summary, facts)


def keep_step(conversation: str, step: Step, *, revision: int) -> bool:
    """Store it, unless the memory changed since it was of this revision: then it may tell what was
    taken back, and is not kept.
    """
    with changing(conversation) as memory:
        if memory.revision != revision + 1:
            return False
        Summary.objects.create(conversation=conversation, until=step.until, text=step.summary)
        notice(conversation, step.facts)
        kept = Summary.objects.filter(conversation=conversation).order_by("-until")
        Summary.objects.filter(
            conversation=conversation, pk__in=kept.values("pk")[KEPT_SUMMARIES:]
        ).delete()
    return True


async def read_ahead(request: ReplyRequest) -> None:
    """Let the server read the prompt of the next question now, while nobody waits for it.

    Raises the model's errors.
    """
    desk = await desk_of(first_route(request.brief))
    order = await make_order(request, desk, Workbench(offered_tools(request)))
    one_token = replace(order.parameters, max_tokens=1)
    await _whole_answer(desk, replace(order, parameters=one_token))


async def _leaving(request: ReplyRequest, desk: Desk) -> tuple[Turn, ...]:
    """The oldest turns, as many as must go, if the window is crowded, and as one prompt may hold."""
    budget = desk.budget(request.brief.parameters)
    draft = draft_prompt(request, budget=budget)
    sizes = await measured(
        desk.backend,
        conversation=request.conversation,
        model=desk.server.model,
        texts=draft.texts,
    )
    total = _size(draft.texts, sizes)
    if total <= CROWDED * budget:
        return ()
    too_much = total - LEFT * budget
    shown = [sizes(turn.content) + MESSAGE_OVERHEAD for turn in draft.turns]
    noted = [min(size, TURN_TOKENS) for size in shown]
    gone = len(list(takewhile(lambda before: before < too_much, accumulate(shown, initial=0))))
    fits = len(list(takewhile(lambda sum_: sum_ <= budget * CROWDED, accumulate(noted))))
    gone = min(gone, max(1, fits))
    while gone < len(shown) and draft.turns[gone].role == "assistant":
        gone += 1  # a prompt begins with what a person says
    return request.turns[: min(gone, len(shown) - 1)]


async def _notes(request: ReplyRequest, desk: Desk, asked: tuple[ChatMessage, ...]) -> str:
    """What the model answers, in the script that is read there."""
    order = Order(
        conversation=f"{request.conversation}:notes",
        messages=asked,
        parameters=NOTE_PARAMETERS,
        trace_id=request.trace_id,
    )
    answer = await _whole_answer(desk, order)
    if not reads_traditional(request):
        return answer
    script = TraditionalStream()
    return script.feed(answer) + script.flush()


async def _whole_answer(desk: Desk, order: Order) -> str:
    said = ""
    async with aclosing(desk.backend.generate(order)) as parts:
        async for part in heard(parts, first_token_s=settings.FIRST_TOKEN_TIMEOUT_S):
            said += part.text if isinstance(part, Text) else ""
    return said


def _size(texts: Sequence[str], measure: Measure) -> int:
    return sum(measure(text) + MESSAGE_OVERHEAD for text in texts)
