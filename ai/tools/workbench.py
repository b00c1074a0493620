"""Uses tools for one reply: checked, one after the other, within a number and a time.

Nothing that a model or a tool does wrong ends the reply: it becomes a use with an error, which the
model and the reader are told.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Iterable
from dataclasses import replace
from time import monotonic

import structlog

from ai.backends.base import ToolCall
from ai.errors import (
    ToolCallsSpentError,
    ToolFailedError,
    ToolTooSlowError,
    ToolUnknownError,
)
from ai.tools.arguments import read_arguments
from ai.types import Found, Tool, ToolsUsed, ToolUse
from echomind.common.errors import EchoMindError
from rag.types import Passage

logger = structlog.get_logger(__name__)

MOST_CALLS = 4
ONE_CALL_S = 10.0
ALL_CALLS_S = 30.0
NAME_CHARACTERS = 64  # of a tool that a model made up


class Workbench:
    """The tools of one reply. `uses` is what was done with them so far, in order."""

    def __init__(
        self, tools: Iterable[Tool], passages: Iterable[Passage] = (), *, is_sure: bool = False
    ) -> None:
        """`passages` stand in a prompt that is read again as it was; `is_sure` of them."""
        self._tools = {tool.name: tool for tool in tools}
        self._given = tuple(passages)
        self._given_is_sure = is_sure
        self._seconds_left = ALL_CALLS_S
        self.uses: tuple[ToolUse, ...] = ()

    @property
    def tools(self) -> tuple[Tool, ...]:
        """What a model may ask for."""
        return tuple(self._tools.values())

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All that the model reads, each once; a passage's number is its place, from 1."""
        read = [*self._given, *(passage for use in self.uses for passage in use.passages)]
        return tuple({passage.chunk: passage for passage in read}.values())

    @property
    def is_sure(self) -> bool:
        """Whether the passages are known to answer the question."""
        sure = [use.is_sure for use in self.uses if use.passages]
        return all([*sure, self._given_is_sure] if self._given else sure)

    @property
    def answer(self) -> str:
        """What a tool says in the model's place; empty where another one has more to say."""
        telling = [use for use in self.uses if use.result or use.passages]
        return telling[0].result if telling and all(use.is_answer for use in telling) else ""

    @property
    def is_spent(self) -> bool:
        """Whether the model must answer with what it has."""
        return len(self.uses) >= MOST_CALLS or self._seconds_left <= 0

    async def use(self, calls: Iterable[ToolCall]) -> AsyncGenerator[ToolsUsed, None]:
        """Do what a model asks for; each beginning and each end is told."""
        for call in calls:
            use = self._begun(call)
            if not use.error:
                yield ToolsUsed((*self.uses, use))
                use = await self._done(use)
            self.uses = (*self.uses, use)
            yield ToolsUsed(self.uses)

    def _begun(self, call: ToolCall) -> ToolUse:
        use = ToolUse(call.name[:NAME_CHARACTERS], {})
        try:
            if self.is_spent:
                raise ToolCallsSpentError(reason="answer with what you have")
            if use.name not in self._tools:
                raise ToolUnknownError(reason="there is no such tool")
            return replace(use, arguments=read_arguments(self._tools[use.name], call.arguments))
        except EchoMindError as error:
            return _failed(use, error)

    async def _done(self, use: ToolUse) -> ToolUse:
        """The use with its result, or with the error that its tool ran into."""
        began = monotonic()
        work = asyncio.ensure_future(self._tools[use.name].run(use.arguments))
        try:
            await asyncio.wait({work}, timeout=min(ONE_CALL_S, self._seconds_left))
            seconds = monotonic() - began
            self._seconds_left -= seconds
            return replace(_outcome(use, work), ms=round(seconds * 1000))
        finally:
            work.cancel()


def _outcome(use: ToolUse, work: asyncio.Future[Found]) -> ToolUse:
    if not work.done():
        return _failed(use, ToolTooSlowError(reason="it took too long"))
    error = ToolFailedError() if work.cancelled() else work.exception()
    if error is None:
        found = work.result()
        return replace(
            use,
            result=found.text,
            count=found.count,
            passages=found.passages,
            is_sure=found.is_sure,
            is_answer=found.is_answer,
        )
    if not isinstance(error, EchoMindError):
        logger.error("tool_broke", tool=use.name, exc_info=error)
        error = ToolFailedError(reason="it broke")
    return _failed(use, error)


def _failed(use: ToolUse, error: EchoMindError) -> ToolUse:
    told = {"error": error.code, "reason": error.data.get("reason", "")}
    return replace(use, result=json.dumps(told, ensure_ascii=False), ms=0, error=error.code)
