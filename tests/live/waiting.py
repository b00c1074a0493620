"""Waits for what announces itself to nobody: another process's state, a row, a log."""

import asyncio
from collections.abc import Awaitable, Callable

LOOK_EVERY_S = 0.05


async def until(condition: Callable[[], Awaitable[bool]], within: float = 15) -> None:
    """Look again and again until the condition holds. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not await condition():  # noqa: ASYNC110  (nothing in this process would set an event)
            await asyncio.sleep(LOOK_EVERY_S)
