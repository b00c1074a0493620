"""Conversations of a person and an assistant, with something said in them."""

import uuid

from accounts.models import User
from chat.models import Reply, Room
from chat.services.conversations import begin_conversation
from chat.services.drafts import Draft
from chat.services.end_reply import Outcome, end_reply
from chat.services.messages import send_message
from chat.types import ReplyState


def make_conversation(user: User, assistant: User, title: str = "") -> Room:
    """A conversation in which nothing was said yet."""
    return begin_conversation(user=user, assistant=assistant.username, title=title)


def ask(room: Room, user: User, question: str) -> Reply:
    """A question to the conversation's assistant; the reply waits."""
    draft = Draft(client_id=str(uuid.uuid4()), text=question)
    sent = send_message(author=user, room=room.slug, draft=draft)
    return Reply.objects.select_related("room", "assistant", "asker", "question").get(
        question=sent.message.id
    )


def exchange(room: Room, user: User, question: str, answer: str) -> Reply:
    """A question and its answer, without a worker."""
    reply = ask(room, user, question)
    done = Outcome(ReplyState.DONE, text=answer)
    assert end_reply(reply, done, expected=ReplyState.QUEUED)
    return reply
