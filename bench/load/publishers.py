"""Rings a room's bell as another process of the site would: one way for each kind of server."""

import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import redis.asyncio
from channels_redis.core import RedisChannelLayer

from bench.floors import broadcast, stock_layer
from chat.models import Room
from chat.realtime.events import MessageCreated, encode
from chat.realtime.groups import room_group
from chat.realtime.publish import layer_bytes, layer_channel, room_message
from chat.wire import AddresseeWire, AuthorWire, MessageWire

TEXT = "The kettle is on, come over when you have read the third chapter. 茶已經泡好了。"

Publish = Callable[[int], Awaitable[object]]  # publishes the message of this number


def to_site(room: Room) -> Publish:
    """The room's event in the channel layer's own encoding."""
    client, channel = _client(), layer_channel(room_group(room.pk))

    async def publish(seq: int) -> None:
        await client.publish(channel, layer_bytes(room_message(room.pk, _event(room, seq))))

    return publish


def to_floor(room: Room) -> Publish:
    """The bare frame."""
    client = _client()

    async def publish(seq: int) -> None:
        await client.publish(broadcast.CHANNEL, encode(_event(room, seq)))

    return publish


def to_stock_layer(room: Room) -> Publish:
    """`group_send`, whose own cost thus falls on the load and not on the stock layer's server."""
    layer = RedisChannelLayer(hosts=[os.environ["REDIS_URL"]])

    async def publish(seq: int) -> None:
        message = {"type": "room.frame", "text": encode(_event(room, seq))}
        await layer.group_send(stock_layer.GROUP, message)

    return publish


def _client() -> redis.asyncio.Redis:
    return redis.asyncio.Redis.from_url(os.environ["REDIS_URL"])


def _event(room: Room, seq: int) -> MessageCreated:
    author = AuthorWire(id=1, username="ming", name="Ming", kind="person", avatar="/avatars/1.svg")
    message = MessageWire(
        id=seq,
        seq=seq,
        room=room.slug,
        author=author,
        text=TEXT,
        html=f"<p>{TEXT}</p>",
        to=AddresseeWire(kind="everyone"),
        reply_to=None,
        created_at=datetime.now(UTC),
        edited_at=None,
    )
    return MessageCreated(room=room.slug, seq=seq, message=message)
