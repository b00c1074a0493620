"""The question that has not been asked yet: what an assistant would be told if it were."""

from accounts.api import User
from chat.models import Message, Reply, Room
from chat.selectors.parameters import wishes_for


def unasked(*, room: Room, assistant: User, asker: User) -> Reply:
    """The reply to a question without words, asked now; it is never stored."""
    question = Message(room=room, author=asker, seq=room.seq + 1, text="")
    wishes = wishes_for(asker=asker.pk, room=room.pk)
    return Reply(room=room, question=question, assistant=assistant, asker=asker, wishes=wishes)
