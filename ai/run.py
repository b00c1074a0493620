"""Turns a reply request into a stream of events: prompt, backend, clock, script, count."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict
from functools import partial

import structlog
from django.conf import settings

from ai.answer import Answer
from ai.backends.base import Ended, Order, SignOfLife, Text
from ai.batching import batched
from ai.citations import CitationStream
from ai.fallback import answered_by_first
from ai.orders import desk_of, make_order
from ai.passport import asked
from ai.routing import routes_of
from ai.silence import heard
from ai.tools import Workbench, answered, brings_passages, heard_calls, offered_tools
from ai.traditional import reads_traditional
from ai.types import (
    NO_USAGE,
    Asked,
    Finished,
    ReplyEvent,
    ReplyRequest,
    Route,
    TextPiece,
    ToolsUsed,
)

logger = structlog.get_logger(__name__)


def stream_reply(request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
    """The answer to the last turn: Asked, Reading at most once, text pieces, and Finished.

    Closing the generator aborts the answer at the server. Raises ModelUnavailableError,
    ModelFailedError or ModelSilentError, after the text that came before.
    """
    return batched(_events(request))


def _events(request: ReplyRequest) -> AsyncGenerator[ReplyEvent, None]:
    routes = routes_of(request.brief)
    was_sure = bool(request.once_told.get("is_sure"))
    workbench = Workbench(offered_tools(request), request.passages, is_sure=was_sure)
    return answered_by_first(routes, partial(_events_at, request=request, workbench=workbench))


async def _events_at(
    route: Route, request: ReplyRequest, workbench: Workbench
) -> AsyncGenerator[ReplyEvent, None]:
    answer = _answer(request, workbench)
    desk = await desk_of(route)
    model = desk.server.model
    tell = partial(asked, request=request, route=route, backend=desk.backend, model=model)
    if not desk.calls_functions:
        async for told in _heard_uses(request, workbench):
            yield told
    if workbench.answer and not request.written:
        for event in _said_by_tools(workbench):
            yield event
        return
    order = await make_order(request, desk, workbench)
    async with aclosing(answered(desk.backend, order, workbench)) as steps:
        async for step in heard(steps, first_token_s=settings.FIRST_TOKEN_TIMEOUT_S):
            if isinstance(step, Order):
                yield tell(step, uses=workbench.uses)
                continue
            for event in _events_of(step, answer, model=model):
                _log(event, request)
                yield event


async def _heard_uses(
    request: ReplyRequest, workbench: Workbench
) -> AsyncGenerator[ToolsUsed, None]:
    """What the question asks of tools by their rules, done once for all routes."""
    if not (workbench.uses or request.prompt):
        calls = await heard_calls(workbench.tools, request.turns)
        async for told in workbench.use(calls):
            yield told


def _said_by_tools(workbench: Workbench) -> Sequence[ReplyEvent]:
    """An answer that no model is asked for."""
    passport = {"model": "", "tools": [use.told() for use in workbench.uses]}
    return Asked((), passport), TextPiece(workbench.answer), Finished("stop", NO_USAGE)


def _answer(request: ReplyRequest, workbench: Workbench) -> Answer:
    return Answer(
        traditional=reads_traditional(request),
        own_name=request.assistant_name or request.assistant,
        others={*request.others, *(turn.sender for turn in request.turns)},
        goes_on=bool(request.written),
        citing=_citing(request, workbench),
    )


def _citing(request: ReplyRequest, workbench: Workbench) -> CitationStream | None:
    """Looks after the numbers of an answer that may be made from documents."""
    if not (request.passages or request.cited or brings_passages(workbench.tools)):
        return None
    return CitationStream(
        lambda: workbench.passages,
        question=request.turns[-1].text,
        is_sure=lambda: workbench.is_sure,
        cited=request.cited,
        written=request.written,
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
