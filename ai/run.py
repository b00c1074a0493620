"""Turns a reply request into a stream of events: prompt, backend, clock, script, count."""

import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict, replace
from functools import partial

import structlog
from django.conf import settings

from ai.answer import Answer
from ai.backends.base import ChatMessage, Ended, Order, SignOfLife, Text
from ai.backends.registry import backend_for
from ai.batching import batched
from ai.fallback import answered_by_first
from ai.parameters import MAX_SEED, Parameters
from ai.passport import asked
from ai.prompts import voices_of_others, whole_prompt
from ai.routing import site_route
from ai.silence import heard
from ai.tools import (
    Workbench,
    answered,
    explained,
    heard_calls,
    offered_tools,
    reserved_tokens,
    with_findings,
)
from ai.types import Finished, ReplyEvent, ReplyRequest, Route, ServerDescription, ToolsUsed

logger = structlog.get_logger(__name__)

TRUST_IN_ESTIMATE = 0.9  # a prompt may have a tenth more tokens than estimated


def stream_reply(request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
    """The answer to the last turn: Asked, Reading at most once, text pieces, and Finished.

    Closing the generator aborts the answer at the server. Raises ModelUnavailableError,
    ModelFailedError or ModelSilentError, after the text that came before.
    """
    return batched(_events(request))


def _events(request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
    routes = request.brief.routes or (site_route(),)
    workbench = Workbench(offered_tools(request))
    return answered_by_first(routes, partial(_events_at, request=request, workbench=workbench))


async def _events_at(
    route: Route, request: ReplyRequest, workbench: Workbench
) -> AsyncGenerator[ReplyEvent, None]:
    answer = _answer(request)
    backend = await backend_for(route)
    server = await backend.describe()
    tell = partial(asked, request=request, route=route, backend=backend, model=server.model)
    calls = route.calls_functions and backend.capabilities.calls_functions
    if not calls:
        async for told in _heard_uses(request, workbench):
            yield told
    order = _order(request, route, server, workbench, calls=calls)
    async with aclosing(answered(backend, order, workbench)) as steps:
        async for step in heard(steps, first_token_s=settings.FIRST_TOKEN_TIMEOUT_S):
            if isinstance(step, Order):
                yield tell(step, uses=workbench.uses)
                continue
            for event in _events_of(step, answer, model=server.model):
                _log(event, request)
                yield event


async def _heard_uses(
    request: ReplyRequest, workbench: Workbench
) -> AsyncGenerator[ToolsUsed, None]:
    """What the question asks of tools by their rules, done once for all routes."""
    if not (workbench.uses or request.prompt):
        async for told in workbench.use(heard_calls(workbench.tools, request.turns)):
            yield told


def _answer(request: ReplyRequest) -> Answer:
    return Answer(
        language=request.language,
        own_name=request.assistant_name or request.assistant,
        others={turn.sender for turn in request.turns},
        goes_on=bool(request.written),
    )


def _log(event: ReplyEvent, request: ReplyRequest) -> None:
    if isinstance(event, Finished):
        logger.info("reply_written", trace_id=request.trace_id, **asdict(event.usage))


def _events_of(
    part: SignOfLife | Text | Ended | ToolsUsed, answer: Answer, *, model: str
) -> Sequence[ReplyEvent]:
    if isinstance(part, ToolsUsed):
        return [part]
    if isinstance(part, Text):
        return answer.hear(part.text)
    if isinstance(part, SignOfLife):
        return answer.sense()
    return answer.end(part, model=model)


def _order(
    request: ReplyRequest,
    route: Route,
    server: ServerDescription,
    workbench: Workbench,
    *,
    calls: bool,
) -> Order:
    parameters = _with_seed(request.brief.parameters)
    context = server.context_tokens or route.context_tokens
    budget = _prompt_budget(context, answer=parameters.max_tokens)
    budget -= reserved_tokens(workbench.tools, called=calls)
    return Order(
        conversation=request.conversation,
        messages=_with_tools(whole_prompt(request, budget=budget), request, workbench),
        tools=workbench.tools if calls else (),
        may_call=not request.prompt,
        parameters=parameters,
        trace_id=request.trace_id,
        stop=() if request.prompt else voices_of_others(request.turns),
        adapter=route.adapter,
    )


def _with_tools(
    messages: Sequence[ChatMessage], request: ReplyRequest, workbench: Workbench
) -> tuple[ChatMessage, ...]:
    """The prompt with what tools found; one that is read again as it was has that already."""
    if request.prompt or not workbench.tools:
        return tuple(messages)
    return with_findings(explained(messages, language=request.language), workbench.uses)


def _with_seed(parameters: Parameters) -> Parameters:
    """A seed drawn here can be told, and sent again."""
    if parameters.seed is not None:
        return parameters
    return replace(parameters, seed=secrets.randbelow(MAX_SEED + 1))


def _prompt_budget(context: int | None, *, answer: int) -> int:
    """The configured budget, or what a context of so many tokens leaves beside the answer."""
    if context is None:
        return int(settings.PROMPT_TOKEN_BUDGET)
    return int(min(settings.PROMPT_TOKEN_BUDGET, (context - answer) * TRUST_IN_ESTIMATE))
