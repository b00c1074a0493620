"""A reply that ends while a returning tab's state is read: told once, as running or as ended."""

from collections.abc import Iterator

import pytest
from django.test.utils import override_settings

from accounts.models import User
from chat.models import Reply, Room
from chat.selectors.unfinished import Unfinished, unfinished_replies, without_ended
from chat.services.drafts import Draft
from chat.services.end_reply import Outcome, end_reply
from chat.services.messages import send_message
from chat.services.replies import cancel_reply, retry_reply
from chat.services.reply_queue import claim_next_reply
from chat.types import AddresseeKind, ReplyState
from tests.factories.rooms import make_room

DONE, FAILED = Outcome(ReplyState.DONE, text="yes"), Outcome(ReplyState.FAILED, code="model_failed")


@pytest.fixture
def asked_room(assistant: User, owner: User) -> Iterator[Room]:
    """A room in which the owner has asked an assistant."""
    room = make_room(owner)
    draft = Draft("1", "really?", AddresseeKind.ASSISTANT, assistant.username)
    with override_settings(REPLY_CONCURRENCY=1):
        send_message(author=owner, room=room.slug, draft=draft)
        yield room


def claimed() -> Reply:
    """The reply, which a worker has begun to write."""
    reply = claim_next_reply()
    assert reply
    return reply


def names(room: Room, replies: list[Unfinished], seq: int) -> list[str]:
    """What a tab is told of the replies, with the room's number read as `seq`."""
    return [type(r.event).__name__ for r in without_ended(replies, {room.pk: seq})]


def test_an_end_after_the_rooms_number_was_read_is_yet_to_be_told(asked_room: Room) -> None:
    reply = claimed()
    replies = unfinished_replies({asked_room.pk})
    end_reply(reply, DONE, expected=ReplyState.WRITING)
    assert names(asked_room, replies, seq=1) == ["ReplyStarted"]


@pytest.mark.parametrize("outcome", [DONE, FAILED])
def test_an_end_up_to_the_rooms_number_is_told_by_its_event(
    asked_room: Room, outcome: Outcome
) -> None:
    reply = claimed()
    replies = unfinished_replies({asked_room.pk})
    end_reply(reply, outcome, expected=ReplyState.WRITING)
    assert names(asked_room, replies, seq=2) == []


def test_a_failed_reply_that_waits_again_is_told_as_waiting(asked_room: Room, owner: User) -> None:
    reply = claimed()
    end_reply(reply, FAILED, expected=ReplyState.WRITING)
    retry_reply(user=owner, reply_id=str(reply.pk))
    replies = unfinished_replies({asked_room.pk})
    assert names(asked_room, replies, seq=2) == ["ReplyQueued"]


def test_a_waiting_reply_that_was_stopped_is_not_told_as_waiting(
    asked_room: Room, owner: User
) -> None:
    replies = unfinished_replies({asked_room.pk})
    cancel_reply(user=owner, reply_id=str(replies[0].reply))
    assert names(asked_room, replies, seq=2) == []
