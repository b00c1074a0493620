"""Proves an event: what it tells, applied to what a reader knew, equals a fresh read."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
import redis
from channels.layers import get_channel_layer
from django.conf import settings

from chat.models import Room
from chat.realtime.groups import room_group
from chat.realtime.publish import layer_channel
from chat.selectors.timeline import message_page
from tests.flows.client.room_view import RoomView

Frame = dict[str, Any]


@contextmanager
def frames_of(room: Room) -> Iterator[list[Frame]]:
    """The frames that the room's group is told while the block runs, through the real layer."""
    told: list[Frame] = []
    with redis.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as subscription:
        subscription.subscribe(layer_channel(room_group(room.pk)))
        assert subscription.get_message(timeout=5)["type"] == "subscribe"
        yield told
        client.publish(layer_channel(room_group(room.pk)), b"end")
        while (message := subscription.get_message(timeout=5))["data"] != b"end":
            told.append(json.loads(get_channel_layer().deserialize(message["data"])["text"]))


def view_of(room: Room) -> RoomView:
    """A reader who has just read the room."""
    room.refresh_from_db()
    view = RoomView(room.slug)
    view.load(fresh_read(room))
    view.open_after(room.seq)
    return view


def fresh_read(room: Room) -> list[Frame]:
    """The room's messages as a client would read them now."""
    page = message_page(room=room, limit=100)
    return [json.loads(msgspec.json.encode(message)) for message in page.messages]


@contextmanager
def verified(room: Room) -> Iterator[list[Frame]]:
    """Run an action; its events must bring a reader's view to what a fresh read shows."""
    view = view_of(room)
    with frames_of(room) as told:
        yield told
    for frame in told:
        view.apply(frame)
    view.assert_sound()
    view.assert_same_as(fresh_read(room))
    room.refresh_from_db()
    assert view.seq == room.seq
