"""The only door by which an event leaves the process that made it.

Services run in threads, so the bell is rung with one plain PUBLISH on the group's channel in the channel
layer's own encoding; `group_send` would need an event loop for each call. A lost bell loses nothing:
each hub compares its rooms with Postgres every few seconds.
"""

import time
from typing import Any

import redis
import structlog
from channels.layers import get_channel_layer
from django.conf import settings
from django.db import transaction

from chat.realtime.events import DurableEvent, Event, encode
from chat.realtime.groups import room_group, user_group
from chat.realtime.redis_clients import shared_client

logger = structlog.get_logger(__name__)

_PAUSE_S = 1.0  # after a failure, how long nobody waits for Redis again
_silent_until = 0.0


def tell_room(room_id: int, event: Event) -> None:
    """Tell everyone who has the room open, once the running transaction is committed."""
    group, message = room_group(room_id), room_message(room_id, event)
    transaction.on_commit(lambda: _ring(group, message))


def tell_members_changed(user_id: int, *, lost_room: int = 0) -> None:
    """Tell a user's tabs that the rooms they belong to have changed, after the commit.

    A room that the user may not see any more is closed at once, without a look into Postgres.
    """
    _tell_user(user_id, {"type": "user.rooms", "user": user_id, "lost": lost_room})


def tell_read(user_id: int, room_id: int) -> None:
    """Tell a user's tabs that the user has read further in a room, after the commit."""
    _tell_user(user_id, {"type": "user.read", "user": user_id, "room": room_id})


def tell_revoked(user_id: int, session_key: str | None) -> None:
    """Close a user's sockets in every process: those of one session, or all of them."""
    _tell_user(user_id, {"type": "user.revoked", "user": user_id, "session": session_key})


def room_message(room_id: int, event: Event, **stream: Any) -> dict[str, Any]:
    """The channel layer message of one event: the finished frame and what the hub orders it by.

    `stream` is `reply`, `attempt` and `end` (code points) for pieces of a reply's text.
    """
    seq = event.seq if isinstance(event, DurableEvent) else 0
    return {"type": "room.frame", "room": room_id, "seq": seq, "text": encode(event), **stream}


def layer_channel(group: str) -> str:
    """The Redis channel on which the channel layer carries a group."""
    prefix = settings.CHANNEL_LAYERS["default"]["CONFIG"]["prefix"]
    return f"{prefix}__group__{group}"


def layer_bytes(message: dict[str, Any]) -> bytes:
    """A message in the channel layer's own encoding."""
    return bytes(get_channel_layer().serialize(message))


def _tell_user(user_id: int, message: dict[str, Any]) -> None:
    transaction.on_commit(lambda: _ring(user_group(user_id), message))


def _ring(group: str, message: dict[str, Any]) -> None:
    global _silent_until  # one flag for the process: a hanging Redis must not slow every sender
    if time.monotonic() < _silent_until:
        return
    try:
        shared_client().publish(layer_channel(group), layer_bytes(message))
    except redis.RedisError as error:
        _silent_until = time.monotonic() + _PAUSE_S
        logger.warning("announcement_lost", group=group, error=str(error))
