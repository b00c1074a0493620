"""What was said at a round table before an assistant's turn came."""

from chat.models import Message, Reply


def former_answers(reply: Reply) -> list[Message]:
    """What the assistants before this one have answered to the same question, in their order.

    Of an answer with several versions the newest one counts. Those who spoke after this reply's first
    version are left out, so that another version is written from what the first one knew.
    """
    replies = Reply.objects.filter(question=reply.question_id).order_by("created_at")
    newest: dict[int, Message | None] = {}
    for other in replies.select_related("answer__author"):
        if other.assistant_id == reply.assistant_id:
            break
        newest[other.assistant_id] = other.answer or newest.get(other.assistant_id)
    return [said for said in newest.values() if said and said.text and said.removed_at is None]
