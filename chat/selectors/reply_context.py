"""What an assistant is told before it answers: the room's recent turns, and who said what."""

from ai.api import Wishes, brief
from ai.types import Brief, ReplyRequest, Turn
from chat.models import Message, Reply

BLOCK = 100  # messages; the window's beginning moves in such steps, so that prompts keep their beginning


def reply_request(reply: Reply) -> ReplyRequest:
    """The request for one reply: the last 100 to 200 messages up to the question. One query."""
    question = reply.question
    start = max(0, question.seq // BLOCK - 1) * BLOCK
    rows = (
        Message.objects.filter(
            room=reply.room_id, seq__gt=start, seq__lt=question.seq, removed_at=None
        )
        .exclude(text="")
        .select_related("author")
        .order_by("seq")
    )
    turns = [_turn(reply, message) for message in rows]
    return ReplyRequest(
        conversation=f"{reply.room_id}:{reply.assistant_id}",
        assistant=reply.assistant.username,
        assistant_name=reply.assistant.shown_name,
        language=reply.room.language,
        turns=(*turns, _turn(reply, question)),
        trace_id=reply.trace_id,
        brief=_brief(reply),
    )


def wishes_of(reply: Reply) -> Wishes:
    """What was wished when the question was asked, and the model that the room has by now."""
    room = reply.room
    return Wishes(
        **reply.wishes,
        model=room.model_id,
        allowed=tuple(room.allowed_models.values_list("pk", flat=True)),
    )


def _brief(reply: Reply) -> Brief:
    return brief(
        assistant=reply.assistant_id,
        asker=reply.asker_id,
        language=reply.room.language,
        wishes=wishes_of(reply),
    )


def _turn(reply: Reply, message: Message) -> Turn:
    own = message.author_id == reply.assistant_id
    return Turn(
        role="assistant" if own else "user",
        sender=message.author.shown_name,
        text=message.text,
        message=message.seq,
    )
