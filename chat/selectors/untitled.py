"""Conversations that have an answer and no title yet."""

from chat.models import Reply, Room
from chat.types import ReplyState, RoomKind

LOOKED_THROUGH = 200  # the newest untitled ones; many of them are still empty


def is_untitled(room: Room) -> bool:
    """Whether a title is to be suggested. The one direct room of two keeps the other's name."""
    return room.kind == RoomKind.DIRECT and room.pair is None and not room.title


def first_answers(most: int) -> list[Reply]:
    """The first complete reply of each of the newest untitled conversations, as a request needs it."""
    untitled = Room.objects.filter(kind=RoomKind.DIRECT, pair=None, title="").order_by("-pk")
    replies = (
        Reply.objects.filter(
            room__in=untitled.values("pk")[:LOOKED_THROUGH],
            state=ReplyState.DONE,
            question__removed_at=None,
            answer__removed_at=None,
        )
        .exclude(answer__text="")
        .order_by("-room", "created_at")
        .distinct("room")
    )
    return list(
        replies.select_related("room", "assistant", "asker", "question__author", "answer")[:most]
    )
