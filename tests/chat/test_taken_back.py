"""What is taken back is kept in no prompt: neither for staff nor to be run again."""

import pytest

from accounts.models import User
from chat.errors import ReplyNotRepeatableError
from chat.models import Reply, Room
from chat.services.drafts import Draft
from chat.services.end_reply import Outcome, end_reply
from chat.services.messages import delete_message, send_message
from chat.services.reply_queue import claim_next_reply
from chat.services.versions import repeat_reply
from chat.types import ReplyState
from tests.factories.replies import ask
from tests.factories.rooms import make_room

PROMPT = ({"role": "user", "content": "[owner] my password is CANARY"},)


@pytest.mark.parametrize("is_written", [True, False], ids=["afterwards", "meanwhile"])
def test_a_deleted_message_leaves_the_prompt_of_a_later_reply(
    owner: User, assistant: User, is_written: bool
) -> None:
    room = make_room(owner)
    secret = said(room, owner, "my password is CANARY")
    ask(room, owner, assistant)
    reply = claim_next_reply()
    assert reply
    if not is_written:
        delete_message(editor=owner, message_id=secret)
    outcome = Outcome(ReplyState.DONE, text="Noted.", prompt=PROMPT)
    assert end_reply(reply, outcome, expected=ReplyState.WRITING)
    if is_written:
        assert Reply.objects.get().prompt == list(PROMPT)
        delete_message(editor=owner, message_id=secret)
    assert Reply.objects.get().prompt == []
    with pytest.raises(ReplyNotRepeatableError):
        repeat_reply(user=owner, reply_id=str(reply.pk))


def said(room: Room, author: User, text: str) -> int:
    """The id of a message that asks nobody."""
    return send_message(author=author, room=room.slug, draft=Draft("secret", text)).message.id
