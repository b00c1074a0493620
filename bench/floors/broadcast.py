"""Floor of fan-out and of memory: `websockets`, one Redis subscription, every frame to everyone."""

import os
import sys

import redis.asyncio
import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from echomind.stack.ports import LOOPBACK

CHANNEL = "floor"


async def listen(connection: ServerConnection) -> None:
    """Keep a connection until its end; what it says is not heard."""
    await connection.wait_closed()


async def run(port: int) -> None:
    """Serve until a signal. A frame is encoded once, by whoever published it."""
    client = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"])
    subscription = client.pubsub()
    await subscription.subscribe(CHANNEL)
    async with serve(listen, LOOPBACK, port, compression=None) as server:
        async for message in subscription.listen():
            if message["type"] == "message":
                broadcast(server.connections, message["data"].decode())


if __name__ == "__main__":
    uvloop.run(run(int(sys.argv[1])))
