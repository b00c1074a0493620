"""Gives the room's next number to a durable event. The row lock on the room keeps the count gapless."""

from datetime import datetime

from django.db import connection

from chat.errors import RoomNotFoundError
from chat.models import Message, Reply, RoomEvent
from chat.types import EventType


def next_seq(room_id: int) -> int:
    """Take the room's next number. Call inside a transaction: the lock holds until its end.

    Raises RoomNotFoundError where the room was deleted meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute("UPDATE chat_room SET seq = seq + 1 WHERE id = %s RETURNING seq", [room_id])
        row = cursor.fetchone()
    if row is None:
        raise RoomNotFoundError
    return int(row[0])


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


_SEND = """
WITH room AS (UPDATE chat_room SET seq = seq + 1 WHERE id = %(room)s RETURNING seq),
message AS (
  INSERT INTO chat_message (room_id, seq, author_id, client_id, text, html, to_kind, to_user_id,
                            reply_to_id, fingerprint, created_at)
  SELECT %(room)s, seq, %(author)s, %(client_id)s, %(text)s, %(html)s, %(to_kind)s, %(to_user)s,
         %(reply_to)s, %(fingerprint)s, %(created_at)s FROM room
  RETURNING id, seq
)
INSERT INTO chat_roomevent (room_id, seq, type, message_id, attempt, code, created_at)
SELECT %(room)s, seq, %(event)s, id, 0, '', %(created_at)s FROM message
RETURNING message_id, seq
"""


def insert_message(message: Message) -> None:
    """Number and insert a new message with its event in one statement; sets its `pk` and `seq`.

    Raises IntegrityError where the author has used the client id before, RoomNotFoundError where the
    room was deleted meanwhile.
    """
    values: dict[str, int | str | datetime | None] = {
        "room": message.room_id,
        "author": message.author_id,
        "client_id": message.client_id,
        "text": message.text,
        "html": message.html,
        "to_kind": message.to_kind,
        "to_user": message.to_user_id,
        "reply_to": message.reply_to_id,
        "fingerprint": message.fingerprint,
        "created_at": message.created_at,
        "event": EventType.MESSAGE_CREATED,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEND, values)
        row = cursor.fetchone()
    if row is None:
        raise RoomNotFoundError
    message.pk, message.seq = row
