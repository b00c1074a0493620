"""Loads what the first reply of a process would otherwise wait for: clients and dictionaries."""

import asyncio

from ai import traditional
from ai.server import model_is_ready


def warm_up() -> None:
    """Call once where replies are written, outside an event loop. Blocks for a second or three.

    The server is asked whether it is ready: that loads the client, whatever the answer.
    """
    asyncio.run(model_is_ready())
    traditional.preload()
