"""The end of a reply: one short transaction, fenced by state and attempt, then the announcement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from ai.types import PromptMessage
from chat.models import Message, Reply, RoomEvent
from chat.realtime.events import ReplyFailed, ReplyFinished
from chat.realtime.publish import tell_room
from chat.rendering import to_html
from chat.selectors.message_wires import fetch_wire
from chat.selectors.passages import Kept
from chat.selectors.untitled import is_untitled
from chat.services.kept_passages import forget_missing
from chat.services.numbering import next_seq, record_event
from chat.services.round_table import give_the_word
from chat.types import TITLE_CONVERSATIONS, AddresseeKind, EventType, ReplyState
from echomind.common.enqueue import enqueue
from echomind.common.errors import sentence_of
from echomind.common.queues import Queue


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a reply ended: done or stopped with a text, or failed with a code."""

    state: ReplyState
    text: str = ""
    code: str = ""
    passport: dict[str, Any] = field(default_factory=dict)
    passages: Sequence[Kept] = ()
    prompt: Sequence[PromptMessage] = ()


def end_reply(reply: Reply, outcome: Outcome, *, expected: ReplyState) -> bool:
    """Write the outcome if the reply is still in the expected state and attempt.

    False means that another attempt, or a stop, came first: then nothing was written or told.
    """
    html = to_html(outcome.text)
    with transaction.atomic():
        won = Reply.objects.filter(pk=reply.pk, attempt=reply.attempt, state=expected).update(
            state=outcome.state,
            code=outcome.code,
            passport=outcome.passport | _repetition(reply, outcome),
            passages=list(outcome.passages),
            prompt=_prompt_to_keep(reply, outcome),
            finished_at=timezone.now(),
        )
        if not won:
            return False
        if outcome.state == ReplyState.FAILED:
            _record_failure(reply, outcome)
        else:
            _record_answer(reply, outcome, html)
        give_the_word(reply, outcome.state)
    forget_missing(outcome.passages)
    return True


def _prompt_to_keep(reply: Reply, outcome: Outcome) -> list[PromptMessage]:
    """Nothing where a message was taken back while the model wrote: its words may be in the prompt."""
    taken_back = RoomEvent.objects.filter(
        room=reply.room_id,
        seq__gt=reply.question.seq,
        type=EventType.MESSAGE_REMOVED,
        created_at__gte=reply.started_at or reply.queued_at,
    )
    return [] if outcome.prompt and taken_back.exists() else list(outcome.prompt)


def _repetition(reply: Reply, outcome: Outcome) -> dict[str, Any]:
    """Whether an answer that was run again exactly has become the same one."""
    if reply.repeats is None or outcome.state != ReplyState.DONE:
        return {}
    first = reply.repeats.answer
    return {"same": first is not None and first.text == outcome.text}


def _record_failure(reply: Reply, outcome: Outcome) -> None:
    room = reply.room
    seq = record_event(room_id=room.pk, kind=EventType.REPLY_FAILED, reply=reply, code=outcome.code)
    event = ReplyFailed(
        room=room.slug,
        seq=seq,
        reply=str(reply.pk),
        attempt=reply.attempt,
        code=outcome.code,
        message=sentence_of(outcome.code, room.language),
    )
    tell_room(room.pk, event)


def _record_answer(reply: Reply, outcome: Outcome, html: str) -> None:
    """The assistant's message, made by the very event that ends the reply."""
    room = reply.room
    seq = next_seq(room.pk)
    answer = _insert_answer(reply, outcome.text, html, seq)
    Reply.objects.filter(pk=reply.pk).update(answer=answer)
    record_event(
        room_id=room.pk, kind=EventType.REPLY_FINISHED, message=answer, reply=reply, seq=seq
    )
    event = ReplyFinished(
        room=room.slug,
        seq=seq,
        reply=str(reply.pk),
        attempt=reply.attempt,
        state=outcome.state,
        message=fetch_wire(room, answer.pk),
    )
    tell_room(room.pk, event)
    if outcome.state == ReplyState.DONE and is_untitled(room):
        enqueue(TITLE_CONVERSATIONS, Queue.UPKEEP)


def _insert_answer(reply: Reply, text: str, html: str, seq: int) -> Message:
    return Message.objects.create(
        room=reply.room,
        seq=seq,
        author=reply.assistant,
        client_id=str(reply.pk),
        text=text,
        html=html,
        to_kind=AddresseeKind.MEMBER,
        to_user=reply.asker,
        reply_to_id=reply.question_id,
        picture_id=Reply.objects.values_list("picture", flat=True).get(pk=reply.pk),
        created_at=timezone.now(),
    )
