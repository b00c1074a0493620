"""What an assistant is told before it answers: the room's recent turns, and who said what."""

from ai.api import Wishes, brief, brief_again
from ai.types import Brief, PromptMessage, ReplyRequest, Turn
from chat.models import Message, Reply
from chat.selectors.round_table import former_answers
from chat.selectors.versions import newest_versions

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
    turns = [_turn(reply, message) for message in newest_versions(rows)]
    return ReplyRequest(
        conversation=f"{reply.room_id}:{reply.assistant_id}",
        assistant=reply.assistant.username,
        assistant_name=reply.assistant.shown_name,
        language=reply.room.language,
        turns=(*turns, *_asked(reply)),
        trace_id=reply.trace_id,
        brief=_brief(reply),
        prompt=_prompt_again(reply),
        written=_written(reply),
    )


def wishes_of(reply: Reply) -> Wishes:
    """What was wished when the question was asked, and the model: the reply's own, else the one that
    the room has by now.
    """
    room = reply.room
    return Wishes(
        **{"model": room.model_id, **reply.wishes},
        allowed=tuple(room.allowed_models.values_list("pk", flat=True)),
    )


def _brief(reply: Reply) -> Brief:
    if reply.repeats is not None:
        return brief_again(reply.repeats.passport)
    return brief(
        assistant=reply.assistant_id,
        asker=reply.asker_id,
        language=reply.room.language,
        wishes=wishes_of(reply),
    )


def _prompt_again(reply: Reply) -> tuple[PromptMessage, ...]:
    """What the model read when it wrote the reply that this one repeats."""
    return tuple(reply.repeats.prompt) if reply.repeats else ()


def _written(reply: Reply) -> str:
    """The answer that this reply goes on from."""
    begun = reply.continues.answer if reply.continues else None
    return begun.text if begun else ""


def _asked(reply: Reply) -> list[Turn]:
    """The question. After others at a round table it is asked once more, below what they said."""
    question = _turn(reply, reply.question)
    former = [_turn(reply, answer) for answer in former_answers(reply)]
    return [question, *former, question] if former else [question]


def _turn(reply: Reply, message: Message) -> Turn:
    own = message.author_id == reply.assistant_id
    return Turn(
        role="assistant" if own else "user",
        sender=message.author.shown_name,
        text=message.text,
        message=message.seq,
    )
