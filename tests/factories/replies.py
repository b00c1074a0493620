"""Questions to an assistant and its answers, without a model."""

import uuid
from typing import Any

from accounts.models import User
from chat.models import Message, Reply, Room
from chat.services.drafts import Draft
from chat.services.end_reply import Outcome, end_reply
from chat.services.messages import send_message
from chat.services.reply_queue import claim_next_reply
from chat.types import AddresseeKind, ReplyState


def ask(room: Room, asker: User, assistant: User, text: str = "why?") -> Reply:
    """The waiting reply to a new question."""
    draft = Draft(str(uuid.uuid4()), text, AddresseeKind.ASSISTANT, assistant.username)
    sent = send_message(author=asker, room=room.slug, draft=draft)
    return Reply.objects.get(question=sent.message.id)


def answer(text: str, *, state: ReplyState = ReplyState.DONE, **outcome: Any) -> Message:
    """End the next waiting reply with this text; returns its message."""
    reply = claim_next_reply()
    assert reply is not None
    assert end_reply(reply, Outcome(state, text=text, **outcome), expected=ReplyState.WRITING)
    return Message.objects.get(answer_of=reply)
