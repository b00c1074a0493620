"""Makes the order for one server from a request: its prompt in tokens, its parameters, its tools."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from ai.backends.base import Backend, ChatMessage, Order
from ai.backends.registry import backend_for
from ai.memory.counting import measured
from ai.parameters import MAX_SEED, Parameters
from ai.prompts import Measure, draft_prompt, voices_of_others, whole_prompt
from ai.tools import (
    Workbench,
    afterthought,
    explained,
    reserved_tokens,
    task_for,
    with_findings,
)
from ai.types import ReplyRequest, Route, ServerDescription

CALM = 0.2  # the temperature at which documents are retold
TRUST_IN_ESTIMATE = 0.9  # a prompt may have a tenth more tokens than estimated


@dataclass(frozen=True, slots=True)
class Desk:
    """Where orders are handed in: one server as it describes itself now."""

    route: Route
    backend: Backend
    server: ServerDescription

    @property
    def calls_functions(self) -> bool:
        """Whether the model calls tools by itself."""
        return self.route.calls_functions and self.backend.capabilities.calls_functions

    def budget(self, parameters: Parameters) -> int:
        """The tokens a prompt may have: as configured, or what the context leaves to it."""
        context = self.server.context_tokens or self.route.context_tokens
        if context is None:
            return int(settings.PROMPT_TOKEN_BUDGET)
        left = (context - parameters.max_tokens) * TRUST_IN_ESTIMATE
        return int(min(settings.PROMPT_TOKEN_BUDGET, left))


async def desk_of(route: Route) -> Desk:
    """The desk of the server at this route. Raises ModelUnavailableError."""
    backend = await backend_for(route)
    return Desk(route, backend, await backend.describe())


async def make_order(request: ReplyRequest, desk: Desk, workbench: Workbench) -> Order:
    """What the server of this desk is asked for this request."""
    parameters = request.brief.parameters
    calls = desk.calls_functions
    budget = desk.budget(parameters) - reserved_tokens(workbench.tools, called=calls)
    measure = await measure_for(request, desk, budget=budget)
    messages = whole_prompt(request, budget=budget, measure=measure)
    return Order(
        conversation=request.conversation,
        messages=_with_tools(messages, request, workbench, calls=calls),
        tools=workbench.tools if calls else (),
        may_call=not request.prompt,
        afresh=bool(request.prompt) or parameters.seed is not None,
        parameters=_with_seed(_calmed(request, workbench)),
        trace_id=request.trace_id,
        stop=() if request.prompt else _stops(request, workbench),
        adapter=desk.route.adapter,
    )


async def measure_for(request: ReplyRequest, desk: Desk, *, budget: int) -> Measure:
    """Counts the texts of this request's prompt as the server does, or about so."""
    is_given = bool(request.prompt)
    return await measured(
        desk.backend,
        conversation=request.conversation,
        model=desk.server.model,
        texts=() if is_given else draft_prompt(request, budget=budget).texts,
    )


def _with_tools(
    messages: Sequence[ChatMessage], request: ReplyRequest, workbench: Workbench, *, calls: bool
) -> tuple[ChatMessage, ...]:
    """The prompt with what tools found; one that is read again as it was has that already."""
    if request.prompt or not workbench.tools:
        return tuple(messages)
    told = explained(messages, language=request.language, tools=workbench.tools, called=calls)
    task = task_for(request, is_sure=workbench.is_sure) if workbench.passages else ""
    return with_findings(told, workbench.uses, workbench.passages, task=task)


def _stops(request: ReplyRequest, workbench: Workbench) -> tuple[str, ...]:
    """Where an answer ends, besides what its parameters say."""
    taken_back = (afterthought(request),) if workbench.passages else ()
    return (*taken_back, *voices_of_others(request.turns))


def _calmed(request: ReplyRequest, workbench: Workbench) -> Parameters:
    """Where nobody has chosen how freely words are drawn, documents are retold with little freedom."""
    parameters = request.brief.parameters
    is_chosen = request.prompt or request.brief.temperature_is_chosen
    if is_chosen or not workbench.passages:
        return parameters
    return replace(parameters, temperature=min(parameters.temperature, CALM))


def _with_seed(parameters: Parameters) -> Parameters:
    """A seed drawn here can be told, and sent again."""
    if parameters.seed is not None:
        return parameters
    return replace(parameters, seed=secrets.randbelow(MAX_SEED + 1))
