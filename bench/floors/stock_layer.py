"""The textbook way of fan-out: a Channels consumer for each socket and the stock Redis layer."""

import os
import sys
from typing import Any

import uvicorn
from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from echomind.stack.ports import LOOPBACK

GROUP = "everyone"
LAYER = {"BACKEND": "channels_redis.core.RedisChannelLayer"}


class Reader(AsyncWebsocketConsumer):  # type: ignore[misc]
    """A tab that hears one group."""

    async def connect(self) -> None:
        await self.channel_layer.group_add(GROUP, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def room_frame(self, event: dict[str, Any]) -> None:
        """Pass one frame on."""
        await self.send(text_data=event["text"])


def run(port: int) -> None:
    """Serve until a signal, on the server that the site runs on."""
    layer = {**LAYER, "CONFIG": {"hosts": [os.environ["REDIS_URL"]]}}
    settings.configure(CHANNEL_LAYERS={"default": layer})
    uvicorn.run(
        Reader.as_asgi(), host=LOOPBACK, port=port, loop="uvloop", ws="websockets-sansio",
        ws_per_message_deflate=False, lifespan="off", log_level="critical",
    )  # fmt: skip


if __name__ == "__main__":
    run(int(sys.argv[1]))
