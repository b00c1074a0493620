"""Other versions of an answer: written anew, gone on from, or run again exactly. None replaces another."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.api import User
from ai.api import brief_again, require_choosable
from chat.errors import (
    AddresseeLeftError,
    AnswerTooLongError,
    MessageNotFoundError,
    NotAllowedError,
    NothingToRerunError,
    ReadOnlyError,
    ReplyCompleteError,
    ReplyNotRepeatableError,
    ReplyUnfinishedError,
)
from chat.models import Message, Reply
from chat.permissions import require_write
from chat.selectors.access import access_to
from chat.selectors.assistants import speaking_in
from chat.selectors.parameters import allowed_in, wishes_for
from chat.selectors.versions import next_version
from chat.services.drafts import checked_text
from chat.services.drawings import asked_by, redrawn
from chat.services.message_changes import message_to_change
from chat.services.messages import edit_message
from chat.services.replies import commanded_reply, stop_replies_to
from chat.services.reply_queue import open_reply, queue_reply, require_place
from chat.types import UNFINISHED, ReplyState, Role

MAX_CONTINUED = 32_000  # characters of an answer that is gone on from


def regenerate_reply(
    *, user: User, reply_id: str, model: int | None = None, trace_id: str = ""
) -> Reply:
    """Answer the question once more, as its asker asks by now; perhaps by another model.

    Raises ReplyNotFoundError, NotAllowedError, ReadOnlyError, ModelNotAllowedError,
    ReplyUnfinishedError, MessageNotFoundError, AddresseeLeftError, QueueFullError.
    """
    reply = _reply_to_change(user, reply_id)
    if reply.drawing:
        return _another(reply, drawing=redrawn(reply.drawing), trace_id=trace_id)
    wishes = wishes_for(asker=reply.asker_id, room=reply.room_id)
    if model is not None:
        require_choosable(model, allowed=allowed_in(reply.room))
        wishes = {**wishes, "model": model}
    return _another(reply, wishes=wishes, trace_id=trace_id)


def continue_reply(*, user: User, reply_id: str, trace_id: str = "") -> Reply:
    """Go on from an answer that ended at its limit or was stopped; the new version holds all of it.

    Raises as `regenerate_reply`, and ReplyCompleteError, AnswerTooLongError.
    """
    reply = _reply_to_change(user, reply_id)
    if reply.drawing or reply.answer is None or reply.answer.removed_at or not is_cut_short(reply):
        raise ReplyCompleteError
    if len(reply.answer.text) > MAX_CONTINUED:
        raise AnswerTooLongError
    return _another(reply, wishes=reply.wishes, trace_id=trace_id, continues=reply)


def repeat_reply(*, user: User, reply_id: str, trace_id: str = "") -> Reply:
    """Let the same model read the same prompt again, with the same parameters and seed.

    Raises as `regenerate_reply`, and ReplyNotRepeatableError.
    """
    reply = _reply_to_change(user, reply_id)
    if reply.drawing:  # the same seed draws the same picture
        return _another(reply, drawing=reply.drawing, trace_id=trace_id, repeats=reply)
    if reply.answer is None or not reply.prompt:
        raise ReplyNotRepeatableError
    brief_again(reply.passport)  # is the model still there?
    return _another(
        reply, wishes=reply.wishes, trace_id=trace_id, continues=reply.continues, repeats=reply
    )


@transaction.atomic
def rerun_message(*, editor: User, message_id: int, text: str, trace_id: str = "") -> Reply:
    """Change one's own question and have it answered anew; who still answers the old one is stopped.

    Raises as `edit_message`, and NothingToRerunError, QueueFullError, StopUnavailableError.
    """
    question = _with_text(editor, message_id, text)
    asked = asked_by(question)
    if not asked.speakers:
        raise NothingToRerunError
    stop_replies_to(question)
    first, *then = asked.speakers
    reply = open_reply(
        question=question,
        assistant=first,
        then=then,
        trace_id=trace_id,
        version=next_version(question.pk, first.pk),
        drawing=asked.drawing,
    )
    queue_reply(reply)
    return reply


def _with_text(editor: User, message_id: int, text: str) -> Message:
    """The question with its new text; one that stays as it was does not count as edited."""
    question, _ = message_to_change(editor, message_id)
    if question.author_id != editor.pk:
        raise NotAllowedError
    if question.text != checked_text(text):
        edit_message(editor=editor, message_id=message_id, text=text)
        question.refresh_from_db(fields=["text"])
    return question


def is_cut_short(reply: Reply) -> bool:
    """Whether there could be more of an answer: it was stopped, or ended at its limit."""
    return reply.state == ReplyState.STOPPED or reply.passport.get("finish") == "length"


def may_have_versions(*, user: User, reply: Reply) -> bool:
    """Whether the user may ask for another version of a reply that the user can see."""
    try:
        _reply_to_change(user, str(reply.pk))
    except (NotAllowedError, ReadOnlyError):
        return False
    return True


def _reply_to_change(user: User, reply_id: str) -> Reply:
    reply = commanded_reply(user=user, reply_id=reply_id)
    require_write(access_to(user=user, slug=reply.room.slug).role or Role.READER)
    return reply


def _another(reply: Reply, **how: Any) -> Reply:
    """Open and queue the next version of the answer to the same question."""
    with transaction.atomic():
        _lock_question(reply)
        versions = Reply.objects.filter(question=reply.question_id, assistant=reply.assistant_id)
        if versions.filter(state__in=UNFINISHED).exists():
            raise ReplyUnfinishedError
        is_here = speaking_in(reply.room).filter(user=reply.assistant_id).exists()
        if not is_here and not reply.drawing:  # the site draws also where it has no assistant
            raise AddresseeLeftError
        require_place(reply.asker_id)
        another = Reply.objects.create(
            room=reply.room,
            question=reply.question,
            assistant=reply.assistant,
            asker=reply.asker,
            version=next_version(reply.question_id, reply.assistant_id),
            queued_at=timezone.now(),
            **how,
        )
        queue_reply(another)
    return another


def _lock_question(reply: Reply) -> None:
    """Two who ask at once get two numbers. Raises MessageNotFoundError for a deleted question."""
    found = Message.objects.select_for_update().filter(pk=reply.question_id, removed_at=None)
    if not found.exists():
        raise MessageNotFoundError
