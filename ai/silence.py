"""The clock over a model server: how long it may say nothing at all."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from ai.backends.base import Part, Text
from ai.errors import ModelSilentError

BETWEEN_TOKENS_S = 60.0


async def heard(parts: AsyncIterator[Part], *, first_token_s: float) -> AsyncGenerator[Part, None]:
    """The same parts. Raises ModelSilentError after `first_token_s` without any sign of life, or,
    once there is text, after a minute without more.
    """
    limit = first_token_s
    while True:
        try:
            async with asyncio.timeout(limit):
                part = await anext(parts)
        except StopAsyncIteration:
            return
        except TimeoutError as error:
            raise ModelSilentError(after_s=limit) from error
        if isinstance(part, Text):
            limit = BETWEEN_TOKENS_S
        yield part
