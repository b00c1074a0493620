"""What a returning tab is told about a room: the durable events it missed, and the replies in progress."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chat.models import Message, Room, RoomEvent
from chat.realtime.events import (
    DurableEvent,
    MessageCreated,
    MessageEdited,
    MessageRemoved,
    ReplyFailed,
    ReplyFinished,
    ReplyQueued,
    ReplyStarted,
)
from chat.selectors.message_wires import JOINED, wires_of
from chat.selectors.unfinished import unfinished_replies, without_ended
from chat.types import EventType
from chat.wire import MessageWire
from echomind.common.errors import sentence_of

LIMIT = 500  # events; a tab further behind than this reads the page anew
LIMIT_CHARACTERS = 300_000  # of their texts; a tab's queue takes a million, with all around them
NOW = -1  # instead of a number: a tab that has just read the page missed nothing


@dataclass(frozen=True, slots=True)
class Replay:
    """The state of a room at its event `seq`, for a tab that knows all events up to some number."""

    seq: int
    events: list[DurableEvent] = field(default_factory=list)
    unfinished: list[ReplyQueued | ReplyStarted] = field(default_factory=list)
    too_far: bool = False


def replays(asked: Sequence[tuple[int, int]]) -> dict[tuple[int, int], Replay]:
    """The replay for each (room id, number or NOW). Three statements, three more a room with a gap."""
    room_ids = {room_id for room_id, _ in asked}
    replies = unfinished_replies(room_ids)
    rooms = {room.pk: room for room in Room.objects.filter(pk__in=room_ids)}
    replies = without_ended(replies, {room.pk: room.seq for room in rooms.values()})
    answers: dict[tuple[int, int], Replay] = {}
    for room_id, room in rooms.items():
        numbers = [number for asked_room, number in asked if asked_room == room_id]
        known = [min(number, room.seq) for number in numbers if number != NOW]
        oldest = max(min(known, default=room.seq), room.seq - LIMIT)
        events = events_after(room, oldest) if oldest < room.seq else []
        for number in numbers:
            missed = [event for event in events if event.seq > number] if number != NOW else []
            answers[room_id, number] = Replay(
                seq=room.seq,
                events=missed,
                unfinished=[reply.event for reply in replies if reply.room_id == room_id],
                too_far=_is_too_far(room, number, missed),
            )
    return answers


def _is_too_far(room: Room, number: int, missed: Iterable[DurableEvent]) -> bool:
    """Whether the tab's queue could not take what it missed, or its number is none of the room's."""
    if number == NOW:
        return False
    if not room.seq - LIMIT <= number <= room.seq:
        return True
    messages = (getattr(event, "message", None) for event in missed)
    texts = (m.text + m.html for m in messages if isinstance(m, MessageWire))
    return sum(map(len, texts)) > LIMIT_CHARACTERS


def events_after(room: Room, number: int) -> list[DurableEvent]:
    """The durable events after a number up to `room.seq`, with the present state of their rows."""
    rows = list(
        RoomEvent.objects.filter(room=room, seq__gt=number, seq__lte=room.seq)
        .select_related("reply")
        .order_by("seq")
    )
    ids = {row.message_id for row in rows if row.message_id}
    messages = Message.objects.filter(pk__in=ids).select_related(*JOINED)
    wires = {wire.id: wire for wire in wires_of(room, list(messages))}
    return [_event_of(room, row, wires) for row in rows]


def events_of_room(room_id: int, number: int) -> list[DurableEvent]:
    """As `events_after`, for a room known by its id; nothing for a room that is gone."""
    room = Room.objects.filter(pk=room_id).first()
    return events_after(room, number) if room else []


def _event_of(room: Room, row: RoomEvent, wires: dict[int, MessageWire]) -> DurableEvent:
    head: dict[str, Any] = {"room": room.slug, "seq": row.seq}
    if row.reply is not None:
        head |= {"reply": str(row.reply_id), "attempt": row.attempt}
    if row.reply is not None and row.type == EventType.REPLY_FAILED:
        return ReplyFailed(**head, code=row.code, message=sentence_of(row.code, room.language))
    head["message"] = wires[row.message_id or 0]
    if row.reply is not None:
        return ReplyFinished(**head, state=row.reply.state)
    return _MESSAGE_EVENTS[EventType(row.type)](**head)


_MESSAGE_EVENTS: dict[EventType, type[DurableEvent]] = {
    EventType.MESSAGE_CREATED: MessageCreated,
    EventType.MESSAGE_EDITED: MessageEdited,
    EventType.MESSAGE_REMOVED: MessageRemoved,
}
