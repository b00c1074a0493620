"""Conversations below the network: what deletion takes along, what the sidebar shows."""

import asyncio

import pytest

from accounts.models import User
from ai.models import Fact, Summary
from chat.models import Membership, Message, Reply, Room, RoomEvent
from chat.realtime.redis_clients import shared_client
from chat.realtime.reply_stream import ReplyWriter, reply_key
from chat.selectors.room_list import CHATS_BESIDE, rooms_beside
from chat.services.conversations import begin_conversation, change_conversation, delete_conversation
from chat.services.direct_messages import open_direct_message
from chat.services.end_reply import Outcome, end_reply
from chat.services.reply_queue import claim_next_reply
from chat.types import ReplyState
from tests.chat.verify import frames_of
from tests.factories.conversations import ask, exchange, make_conversation
from tests.factories.people import make_assistant

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def conversation(owner: User, assistant: User) -> Room:
    """The owner's, untitled."""
    return make_conversation(owner, assistant)


def test_deletion_takes_messages_replies_and_memory_along_and_nothing_else(
    owner: User, assistant: User, conversation: Room
) -> None:
    kept = make_conversation(owner, assistant)
    for room in (conversation, kept):
        exchange(room, owner, "question", "answer")
        key = f"{room.pk}:{assistant.pk}"
        Fact.objects.create(conversation=key, text="likes tea")
        Summary.objects.create(conversation=key, until=1, text="tea")
    delete_conversation(user=owner, slug=conversation.slug)
    for rows in (Message, Reply, RoomEvent, Membership):
        assert set(rows.objects.values_list("room", flat=True)) == {kept.pk}
    for remembered in (Fact, Summary):
        keys = remembered.objects.values_list("conversation", flat=True)
        assert list(keys) == [f"{kept.pk}:{assistant.pk}"]


def test_a_reply_that_is_being_written_leaves_nothing_behind(
    owner: User, conversation: Room
) -> None:
    ask(conversation, owner, "a long story")
    reply = claim_next_reply()
    assert reply is not None

    async def write_while_it_is_deleted() -> str:
        writer = ReplyWriter(
            room_id=reply.room_id, room=reply.room.slug, reply=str(reply.pk), attempt=reply.attempt
        )
        await writer.start()
        await writer.write("Once upon a time")
        await asyncio.to_thread(delete_conversation, user=owner, slug=conversation.slug)
        signal = await writer.write(" there was")
        await writer.close()
        return signal

    assert asyncio.run(write_while_it_is_deleted()) == "fenced"
    assert not end_reply(reply, Outcome(ReplyState.DONE, "text"), expected=ReplyState.WRITING)
    assert not shared_client().exists(reply_key(str(reply.pk), "text"))


def test_an_assistant_of_ones_own_may_be_talked_to_by_its_owner_alone(
    owner: User, stranger: User
) -> None:
    private = make_assistant("diary", is_public=False)
    private.assistant.owner = owner
    private.assistant.save()
    assert begin_conversation(user=owner, assistant="diary").members.count() == 2
    with pytest.raises(Exception, match="user_not_found"):
        begin_conversation(user=stranger, assistant="diary")


def test_those_who_look_at_it_hear_the_new_title(owner: User, conversation: Room) -> None:
    with frames_of(conversation) as told:
        change_conversation(user=owner, slug=conversation.slug, title="茶")
    assert told == [{"type": "room.changed", "room": conversation.slug, "name": "茶"}]


def test_the_sidebar_shows_the_newest_chats_by_title_without_archived_ones(
    owner: User, assistant: User, conversation: Room
) -> None:
    titled = make_conversation(owner, assistant, title="Tea")
    archived = make_conversation(owner, assistant, title="Old")
    change_conversation(user=owner, slug=archived.slug, archived=True)
    pair = open_direct_message(user=owner, username=assistant.username)
    shown = {room.slug: room.name for room in rooms_beside(owner)}
    assert shown == {conversation.slug: "Sage", titled.slug: "Tea", pair.slug: "Sage"}


def test_the_sidebar_holds_a_limited_number_of_chats(
    owner: User, assistant: User, room: Room
) -> None:
    made = [make_conversation(owner, assistant) for _ in range(CHATS_BESIDE + 2)]
    shown = {one.slug for one in rooms_beside(owner)}
    assert shown == {room.slug, *(one.slug for one in made[2:])}
