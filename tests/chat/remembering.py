"""A room with one assistant: what people say there, and what the assistant would be told now."""

import uuid
from collections.abc import Callable

from accounts.models import User
from ai.memory.summaries import Step, keep_step, revision_of
from ai.prompts import build_messages
from ai.types import ReplyRequest
from chat.models import Membership, Message, Room
from chat.selectors.next_question import unasked
from chat.selectors.reply_context import reply_request
from chat.services.drafts import Draft
from chat.services.messages import send_message

Saying = Callable[[User, str], Message]


def alone_in(room: Room, assistant: User) -> User:
    """Make this the room's only assistant."""
    room.memberships.filter(user__kind="assistant").delete()
    Membership.objects.create(room=room, user=assistant)
    return assistant


def say(room: Room, author: User, text: str) -> Message:
    """Somebody writes in the room."""
    draft = Draft(client_id=uuid.uuid4().hex, text=text)
    sent = send_message(author=author, room=room.slug, draft=draft)
    return Message.objects.get(pk=sent.message.id)


def request_now(room: Room, sage: User, asker: User) -> ReplyRequest:
    """What the assistant would be told now."""
    room.refresh_from_db()
    return reply_request(unasked(room=room, assistant=sage, asker=asker))


def told(request: ReplyRequest) -> list[str]:
    """The texts of the turns before the question."""
    return [turn.text for turn in request.turns[:-1]]


def prompt(request: ReplyRequest) -> str:
    """All that the model reads."""
    return "\n".join(message.content for message in build_messages(request, budget=1200))


def sum_up(room: Room, sage: User, until: int, text: str = "They met.") -> None:
    """Let a summary stand for everything up to this message."""
    conversation = f"{room.pk}:{sage.pk}"
    assert keep_step(conversation, Step(until, text), revision=revision_of(conversation))
