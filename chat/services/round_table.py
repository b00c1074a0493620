"""The round table: a room's assistants answer one question in turn, each when the one before ended.

It ends by itself, since `Reply.then` only grows shorter. A stop ends it at once, and so do the
room's limit on answers in a row, another rule of the room, and a question that was taken back.
"""

from itertools import takewhile

from django.utils import timezone

from accounts.api import User
from accounts.types import UserKind
from chat.models import Message, Reply, Room
from chat.selectors.assistants import speaking_in
from chat.selectors.versions import next_version
from chat.services.reply_queue import queue_reply
from chat.types import MOST_IN_A_ROW, Answering, ReplyState


def give_the_word(ended: Reply, state: ReplyState) -> None:
    """Open the reply of whoever is next at the table. Call in the transaction that ended `ended`."""
    if not ended.then:
        return
    # A failed one may be tried again and end once more; the table goes on once.
    Reply.objects.filter(pk=ended.pk).update(then=[])
    room = Room.objects.get(pk=ended.room_id)
    if state == ReplyState.STOPPED or not _goes_on(room, ended):
        return
    coming = _still_here(room, ended.then)
    if coming:
        queue_reply(_opened(ended, coming))


def _goes_on(room: Room, ended: Reply) -> bool:
    if room.answering != Answering.ROUND_TABLE or _answers_in_a_row(room) >= room.max_assistant_run:
        return False
    return Message.objects.filter(pk=ended.question_id, removed_at=None).exists()


def _answers_in_a_row(room: Room) -> int:
    """How many messages of assistants stand at the room's end."""
    newest = Message.objects.filter(room=room).order_by("-seq")[:MOST_IN_A_ROW]
    kinds = newest.values_list("author__kind", flat=True)
    return sum(1 for _ in takewhile(lambda kind: kind == UserKind.ASSISTANT, kinds))


def _still_here(room: Room, ids: list[int]) -> list[User]:
    present = {membership.user_id: membership.user for membership in speaking_in(room)}
    return [present[user_id] for user_id in ids if user_id in present]


def _opened(ended: Reply, coming: list[User]) -> Reply:
    """It takes the place of the one that ended among the asker's waiting replies."""
    return Reply.objects.create(
        room=ended.room,
        question=ended.question,
        assistant=coming[0],
        asker=ended.asker,
        then=[user.pk for user in coming[1:]],
        wishes=ended.wishes,
        version=next_version(ended.question_id, coming[0].pk),
        trace_id=ended.trace_id,
        queued_at=timezone.now(),
    )
