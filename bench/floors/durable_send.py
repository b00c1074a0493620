"""Floor of sending: a frame in, asyncpg's INSERT RETURNING, PUBLISH, an acknowledgement out."""

import os
import sys

import asyncpg
import msgspec
import redis.asyncio
import uvloop
from websockets.asyncio.server import ServerConnection, serve

from echomind.stack.ports import LOOPBACK

TABLE = """
DROP TABLE IF EXISTS floor_message;
CREATE TABLE floor_message (
    seq bigserial PRIMARY KEY,
    room text NOT NULL,
    client_id text NOT NULL UNIQUE,
    body text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
)
"""
INSERT = "INSERT INTO floor_message (room, client_id, body) VALUES ($1, $2, $3) RETURNING seq"
POOL = 8


class Command(msgspec.Struct):
    """The fields of `message.send`."""

    id: int
    room: str
    client_id: str
    text: str


async def run(port: int) -> None:
    """Serve until a signal, on a table of its own."""
    pool = await asyncpg.create_pool(os.environ["DATABASE_URL"], min_size=POOL, max_size=POOL)
    await pool.execute(TABLE)
    client = redis.asyncio.Redis.from_url(os.environ["REDIS_URL"])
    read, write = msgspec.json.Decoder(Command).decode, msgspec.json.Encoder().encode

    async def answer(connection: ServerConnection) -> None:
        async for frame in connection:
            command = read(frame)
            seq = await pool.fetchval(INSERT, command.room, command.client_id, command.text)
            event = {"type": "message.created", "seq": seq, "text": command.text}
            await client.publish("floor", write(event))
            ack = {"id": command.id, "type": "ack", "message": event, "seq": seq}
            await connection.send(write(ack), text=True)

    async with serve(answer, LOOPBACK, port, compression=None) as server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(run(int(sys.argv[1])))
