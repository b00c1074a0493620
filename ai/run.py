"""Turns a reply request into a stream of events: prompt, backend, clock, script, count."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict

import structlog
from django.conf import settings

from ai.answer import Answer
from ai.backends.base import Order, Part, SignOfLife, Text
from ai.backends.registry import backend_for
from ai.batching import batched
from ai.prompts import build_messages, voices_of_others
from ai.routing import site_route
from ai.silence import heard
from ai.types import Finished, ReplyEvent, ReplyRequest, Route, ServerDescription

logger = structlog.get_logger(__name__)

TRUST_IN_ESTIMATE = 0.9  # a prompt may have a tenth more tokens than estimated


def stream_reply(request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
    """The answer to the last turn: Reading at most once, text pieces, and Finished.

    Closing the generator aborts the answer at the server. Raises ModelUnavailableError,
    ModelFailedError or ModelSilentError, after the text that came before.
    """
    return batched(_events(request))


async def _events(request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
    answer = _answer(request)
    route = next(iter(request.brief.routes), site_route())
    backend = await backend_for(route)
    server = await backend.describe()
    async with aclosing(backend.generate(_order(request, route, server))) as parts:
        async for part in heard(parts, first_token_s=settings.FIRST_TOKEN_TIMEOUT_S):
            for event in _events_of(part, answer, model=server.model):
                _log(event, request)
                yield event


def _answer(request: ReplyRequest) -> Answer:
    return Answer(
        language=request.language,
        own_name=request.assistant_name or request.assistant,
        others={turn.sender for turn in request.turns},
    )


def _log(event: ReplyEvent, request: ReplyRequest) -> None:
    if isinstance(event, Finished):
        logger.info("reply_written", trace_id=request.trace_id, **asdict(event.usage))


def _events_of(part: Part, answer: Answer, *, model: str) -> Sequence[ReplyEvent]:
    if isinstance(part, Text):
        return answer.hear(part.text)
    if isinstance(part, SignOfLife):
        return answer.sense()
    return answer.end(part, model=model)


def _order(request: ReplyRequest, route: Route, server: ServerDescription) -> Order:
    parameters = request.brief.parameters
    context = server.context_tokens or route.context_tokens
    budget = _prompt_budget(context, answer=parameters.max_tokens)
    return Order(
        conversation=request.conversation,
        messages=build_messages(request, budget=budget),
        parameters=parameters,
        trace_id=request.trace_id,
        stop=voices_of_others(request.turns),
        adapter=route.adapter,
    )


def _prompt_budget(context: int | None, *, answer: int) -> int:
    """The configured budget, or what a context of so many tokens leaves beside the answer."""
    if context is None:
        return int(settings.PROMPT_TOKEN_BUDGET)
    return int(min(settings.PROMPT_TOKEN_BUDGET, (context - answer) * TRUST_IN_ESTIMATE))
