"""Gives the room's next number to a durable event. The row lock on the room keeps the count gapless."""

from django.db import connection

from chat.models import Message, Reply, RoomEvent
from chat.types import EventType


def next_seq(room_id: int) -> int:
    """Take the room's next number. Call inside a transaction: the lock holds until its end."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chat_room SET seq = seq + 1 WHERE id = %s RETURNING seq", [room_id])
        (seq,) = cursor.fetchone()
    return int(seq)


def record_event(
    *,
    room_id: int,
    kind: EventType,
    message: Message | None = None,
    reply: Reply | None = None,
    seq: int | None = None,
    code: str = "",
) -> int:
    """Write one durable event and return its number; `seq` is given where it was taken already."""
    number = next_seq(room_id) if seq is None else seq
    RoomEvent.objects.create(
        room_id=room_id,
        seq=number,
        type=kind,
        message=message,
        reply=reply,
        attempt=reply.attempt if reply else 0,
        code=code,
    )
    return number
