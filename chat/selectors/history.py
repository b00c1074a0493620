"""What was said in a room up to a message, as a conversation that goes on from there begins."""

from django.db.models import Min

from chat.models import Message, Reply
from chat.selectors.versions import newest_versions

MOST = 500  # messages; who goes on from further back than a model reads needs no more


def history_up_to(last: Message) -> list[Message]:
    """The messages before `last` and itself, oldest first, of each answer the newest version.

    A version of an answer stands where the first one does: what was said after that is left out.
    """
    before = Message.objects.filter(room=last.room_id, seq__lt=_place_of(last), removed_at=None)
    rows = before.exclude(text="").select_related("author", "to_user").order_by("-seq")
    return [*newest_versions(reversed(rows[: MOST - 1])), last]


def _place_of(message: Message) -> int:
    reply = Reply.objects.filter(answer=message).first()
    if reply is None:
        return message.seq
    versions = Reply.objects.filter(question=reply.question_id, assistant=reply.assistant_id)
    first: int = versions.aggregate(Min("answer__seq"))["answer__seq__min"]
    return first
