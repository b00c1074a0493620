"""An open loop: things happen when they are due, however slow the other side is."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def at_rate(rate: float, seconds: float, act: Callable[[], Awaitable[None]]) -> None:
    """Call `act` `rate` times a second; a late call does not delay those after it."""
    began = time.perf_counter()
    for number in range(max(1, round(rate * seconds))):
        pause = began + number / rate - time.perf_counter()
        await asyncio.sleep(max(0.0, pause))
        await act()
