"""The clock over a model server: how long it may say nothing at all, and how long it may take."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

from ai.backends.base import Order, Text
from ai.errors import ModelGarbledError, ModelSilentError

BETWEEN_TOKENS_S = 60.0
LONGEST_ANSWER_S = 1800.0  # a slow machine writes its longest answer in half of that

Step = TypeVar("Step")


async def heard(steps: AsyncIterator[Step], *, first_token_s: float) -> AsyncGenerator[Step, None]:
    """The same steps. Raises ModelSilentError after `first_token_s` without any sign of life, or,
    once there is text, after a minute without more. A new order is read from its beginning.
    Raises ModelGarbledError where drops go on for ever: they would hold a place that others wait for.
    """
    limit = first_token_s
    now = asyncio.get_running_loop().time
    end = now() + LONGEST_ANSWER_S
    while True:
        try:
            async with asyncio.timeout_at(min(now() + limit, end)):
                step = await anext(steps)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            if now() >= end:
                raise ModelGarbledError(reason="endless answer") from error
            raise ModelSilentError(after_s=limit) from error
        if isinstance(step, Text):
            limit = BETWEEN_TOKENS_S
        if isinstance(step, Order):
            limit = first_token_s
        yield step
