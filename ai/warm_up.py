"""Loads what the first reply of a process would otherwise wait for: clients and dictionaries."""

import asyncio

from ai import traditional
from ai.routing import site_route
from ai.server import model_is_ready
from ai.tools import examine


def warm_up() -> None:
    """Call once where replies are written, outside an event loop. Blocks for a few seconds.

    The server is asked whether it is ready: that loads the client, whatever the answer.
    """
    asyncio.run(_meet_the_model())
    traditional.preload()


async def _meet_the_model() -> None:
    if await model_is_ready():
        await examine(site_route())
