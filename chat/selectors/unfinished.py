"""The replies that wait or are being written, as a returning tab is told of them."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from chat.models import Reply, RoomEvent
from chat.realtime.events import ReplyQueued, ReplyStarted
from chat.selectors.reply_order import fair_order, placed
from chat.types import EventType, ReplyState


@dataclass(frozen=True, slots=True)
class Unfinished:
    """One reply in progress. `attempt` is the one that runs, or the next one."""

    room_id: int
    reply: uuid.UUID
    attempt: int
    event: ReplyQueued | ReplyStarted


def unfinished_replies(room_ids: Collection[int]) -> list[Unfinished]:
    """What waits in these rooms, with its place, and what is being written. Two statements."""
    waiting = [
        Unfinished(reply.room_id, reply.pk, reply.attempt + 1, queued_event(reply, place))
        for place, reply in placed(fair_order().select_related("assistant", "room"))
        if reply.room_id in room_ids
    ]
    running = [
        Unfinished(room_id, uuid.UUID(started.reply), started.attempt, started)
        for room_id, started in running_replies(list(room_ids))
    ]
    return waiting + running


def running_replies(room_ids: Sequence[int]) -> list[tuple[int, ReplyStarted]]:
    """The replies that are being written in these rooms, with their room's id. One statement."""
    rows = Reply.objects.filter(state=ReplyState.WRITING, room__in=room_ids)
    return [
        (room_id, ReplyStarted(room=slug, reply=str(pk), attempt=attempt))
        for room_id, slug, pk, attempt in rows.values_list("room_id", "room__slug", "pk", "attempt")
    ]


def without_ended(replies: Sequence[Unfinished], seqs: Mapping[int, int]) -> list[Unfinished]:
    """Those whose end is not among the events up to their room's number in `seqs`.

    Replies are read first and rooms' numbers after them: what ends in between has its event among
    those that are replayed, and must not be told as running once more.
    """
    ends = RoomEvent.objects.filter(reply__in=[reply.reply for reply in replies]) if replies else ()
    over = {
        (end.reply_id, attempt)
        for end in ends
        if end.seq <= seqs.get(end.room_id, 0)
        for attempt in _attempts_ended(end, replies)
    }
    return [reply for reply in replies if (reply.reply, reply.attempt) not in over]


def _attempts_ended(end: RoomEvent, replies: Sequence[Unfinished]) -> list[int]:
    """A finished reply is over for good; a failed one may be tried again."""
    attempts = [reply.attempt for reply in replies if reply.reply == end.reply_id]
    final = end.type == EventType.REPLY_FINISHED
    return [attempt for attempt in attempts if final or attempt <= end.attempt]


def queued_event(reply: Reply, place: int) -> ReplyQueued:
    """The place of a waiting reply, which was selected with its room and assistant."""
    return ReplyQueued(
        room=reply.room.slug,
        reply=str(reply.pk),
        message=reply.question_id,
        assistant=reply.assistant.username,
        place=place,
    )
