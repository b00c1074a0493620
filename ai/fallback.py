"""Asks the servers of a reply in turn until one answers, and notes which one could not."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace

import structlog

from ai.breaker import breaker
from ai.errors import (
    ModelBusyError,
    ModelFailedError,
    ModelMissingError,
    ModelSilentError,
    ModelUnavailableError,
)
from ai.types import NO_USAGE, Asked, Finished, Reading, ReplyEvent, Route, TextPiece
from echomind.common.errors import EchoMindError

logger = structlog.get_logger(__name__)

FAILURES = (ModelUnavailableError, ModelFailedError, ModelSilentError)
_NOT_THE_SERVERS_FAULT = (ModelBusyError, ModelMissingError)  # of one moment, of one model


async def answered_by_first(
    routes: Sequence[Route], answer: Callable[[Route], AsyncGenerator[ReplyEvent, None]]
) -> AsyncGenerator[ReplyEvent, None]:
    """The events of the first route that answers; one that has begun to speak is not replaced.

    Raises what the first one raised where none answers, and what ends an answer after its first text.
    """
    wanted = routes[0]
    reasons: dict[Route, EchoMindError] = {}
    is_read = False
    for route in _in_turn(routes):
        has_spoken = False
        try:
            async with aclosing(answer(route)) as events:
                async for event in events:
                    has_spoken = has_spoken or isinstance(event, TextPiece)
                    _note_end(route, event)
                    if isinstance(event, Reading):
                        if is_read:
                            continue
                        is_read = True
                    yield _noted(event, route, wanted, reasons.get(wanted))
        except FAILURES as error:
            _remember(route, error)
            if has_spoken:
                raise
            reasons[route] = error
        else:
            return
    raise reasons[wanted]


def _in_turn(routes: Sequence[Route]) -> list[Route]:
    """As wished, but those that rest come last: where all do, they are asked all the same."""
    if len(routes) == 1:
        return list(routes)
    return sorted(routes, key=lambda route: not breaker.may_try(route.base_url))


def _note_end(route: Route, event: ReplyEvent) -> None:
    """A server works that has come to an end; what was said without a model tells nothing of it."""
    if isinstance(event, Finished) and event.usage != NO_USAGE:
        breaker.answered(route.base_url)


def _remember(route: Route, error: EchoMindError) -> None:
    logger.warning("route_failed", server=route.server, model=route.model, code=error.code)
    if not isinstance(error, _NOT_THE_SERVERS_FAULT):
        breaker.failed(route.base_url)


def _noted(
    event: ReplyEvent, route: Route, wanted: Route, reason: EchoMindError | None
) -> ReplyEvent:
    """What is asked, with a note where it is not whom was wished for."""
    if not isinstance(event, Asked) or route == wanted:
        return event
    code = reason.code if reason else ModelUnavailableError.code  # it rests
    note = {"from": wanted.title, "to": route.title, "reason": code}
    return replace(event, passport={**event.passport, "fallback": note})
