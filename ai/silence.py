"""The clock over a model server: how long it may say nothing at all."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TypeVar

from ai.backends.base import Order, Text
from ai.errors import ModelSilentError

BETWEEN_TOKENS_S = 60.0

Step = TypeVar("Step")


async def heard(steps: AsyncIterator[Step], *, first_token_s: float) -> AsyncGenerator[Step, None]:
    """The same steps. Raises ModelSilentError after `first_token_s` without any sign of life, or,
    once there is text, after a minute without more. A new order is read from its beginning.
    """
    limit = first_token_s
    while True:
        try:
            async with asyncio.timeout(limit):
                step = await anext(steps)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise ModelSilentError(after_s=limit) from error
        if isinstance(step, Text):
            limit = BETWEEN_TOKENS_S
        if isinstance(step, Order):
            limit = first_token_s
        yield step
