"""Every event type, told through the real layer, brings a reader to the state of a fresh read."""

import asyncio

import pytest

from accounts.models import User
from chat.models import Message, Reply, Room
from chat.realtime.events import Event, PresenceChanged, TypingChanged, UnreadChanged
from chat.realtime.publish import tell_room
from chat.realtime.reply_stream import ReplyWriter, ask_to_stop, living
from chat.services.drafts import Draft
from chat.services.end_reply import Outcome, end_reply
from chat.services.members import add_member, change_role, remove_member
from chat.services.messages import delete_message, edit_message, send_message
from chat.services.reactions import toggle_reaction
from chat.services.replies import cancel_reply, retry_reply
from chat.services.reply_queue import claim_next_reply
from chat.types import AddresseeKind, ReplyState, Role
from tests.chat.verify import Frame, frames_of, verified

pytestmark = pytest.mark.django_db(transaction=True)


def say(room: Room, author: User, text: str = "嗨", to: User | None = None) -> int:
    """Send a message and return its id."""
    kind = AddresseeKind.ASSISTANT if to else AddresseeKind.EVERYONE
    number = Message.objects.count()
    draft = Draft(f"{author.pk}-{number}", text, kind, to.username if to else None)
    return send_message(author=author, room=room.slug, draft=draft).message.id


def kinds(frames: list[Frame]) -> list[str]:
    """The types of the frames, in order."""
    return [frame["type"] for frame in frames]


@pytest.fixture
def question(room: Room, member: User, assistant: User) -> Reply:
    """A reply that waits."""
    room.members.add(assistant)
    return Reply.objects.get(question=say(room, member, "為什麼？", to=assistant))


def test_message_created(room: Room, member: User) -> None:
    with verified(room) as told:
        say(room, member, "**粗**")
    assert kinds(told) == ["message.created"]


def test_message_edited(room: Room, member: User) -> None:
    message = say(room, member)
    with verified(room) as told:
        edit_message(editor=member, message_id=message, text="改過")
    assert kinds(told) == ["message.edited"]
    assert told[0]["message"]["edited_at"]


def test_a_reaction_is_told_as_an_edit_that_leaves_the_text_alone(
    room: Room, owner: User, member: User
) -> None:
    message = say(room, member)
    with verified(room) as told:
        toggle_reaction(user=owner, message_id=message, emoji="👏")
        toggle_reaction(user=member, message_id=message, emoji="👏")
        toggle_reaction(user=owner, message_id=message, emoji="👏")
    assert kinds(told) == ["message.edited"] * 3
    assert told[1]["message"]["reactions"][0]["usernames"] == ["owner", "member"]
    assert told[2]["message"]["edited_at"] is None


def test_message_removed(room: Room, member: User) -> None:
    message = say(room, member)
    with verified(room) as told:
        delete_message(editor=member, message_id=message)
    assert kinds(told) == ["message.removed"]
    assert told[0]["message"]["text"] == ""


def test_reply_queued(room: Room, member: User, assistant: User) -> None:
    room.members.add(assistant)
    with verified(room) as told:
        say(room, member, to=assistant)
        say(room, member, to=assistant)
    queued = [frame for frame in told if frame["type"] == "reply.queued"]
    assert [frame["place"] for frame in queued] == [1, 2]


def test_a_reply_from_its_start_to_its_end(room: Room, question: Reply) -> None:
    with verified(room) as told:
        reply = claim_next_reply()
        assert reply is not None
        asyncio.run(write(reply, ["你", "好，", "世界"]))
        outcome = Outcome(ReplyState.DONE, text="你好，世界")
        assert end_reply(reply, outcome, expected=ReplyState.WRITING)
    assert kinds(told) == [
        "reply.started",
        "reply.status",
        "reply.delta",
        "reply.delta",
        "reply.delta",
        "reply.finished",
    ]
    assert [frame["offset"] for frame in told if frame["type"] == "reply.delta"] == [0, 1, 3]


async def write(reply: Reply, pieces: list[str]) -> ReplyWriter:
    """Write pieces as a worker does."""
    writer = writer_of(reply)
    assert await writer.start() == "go"
    assert await writer.tell_stage("writing") == "go"
    for piece in pieces:
        assert await writer.write(piece) == "go"
    await writer.close()
    return writer


def writer_of(reply: Reply) -> ReplyWriter:
    """The pen of the reply's present attempt."""
    return ReplyWriter(
        room_id=reply.room_id, room=reply.room.slug, reply=str(reply.pk), attempt=reply.attempt
    )


def test_reply_snapshot_after_redis_lost_the_text(room: Room, question: Reply) -> None:
    reply = claim_next_reply()
    assert reply is not None

    async def through_a_flush() -> None:
        writer = writer_of(reply)
        await writer.start()
        await writer.write("一二")
        await writer._redis.flushall()
        assert await writer.write("三") == "go"
        await writer.close()

    with frames_of(room) as told:
        asyncio.run(through_a_flush())
    assert told[-1]["type"] == "reply.snapshot"
    assert told[-1]["text"] == "一二三"


def test_an_older_attempt_cannot_write(room: Room, question: Reply) -> None:
    old = claim_next_reply()
    assert old is not None
    Reply.objects.update(state=ReplyState.QUEUED)
    new = claim_next_reply()
    assert new is not None

    async def race() -> tuple[str, str]:
        zombie, writer = writer_of(old), writer_of(new)
        await zombie.start()
        await writer.start()
        signals = (await zombie.write("舊"), await writer.write("新"))
        await zombie.close()
        await writer.close()
        return signals

    assert asyncio.run(race()) == ("fenced", "go")
    assert not end_reply(old, Outcome(ReplyState.DONE, "舊"), expected=ReplyState.WRITING)
    assert end_reply(new, Outcome(ReplyState.DONE, "新"), expected=ReplyState.WRITING)
    assert living([(str(new.pk), new.attempt)]) == {str(new.pk)}


def test_a_stop_is_heard_at_the_next_flush(room: Room, question: Reply) -> None:
    reply = claim_next_reply()
    assert reply is not None

    async def until_stopped() -> str:
        writer = writer_of(reply)
        await writer.start()
        ask_to_stop(str(reply.pk), reply.attempt)
        signal = await writer.beat()
        await writer.close()
        return signal

    assert asyncio.run(until_stopped()) == "stop"


def test_reply_failed_and_tried_again(room: Room, member: User, question: Reply) -> None:
    with verified(room) as told:
        reply = claim_next_reply()
        assert reply is not None
        failed = Outcome(ReplyState.FAILED, code="model_silent")
        assert end_reply(reply, failed, expected=ReplyState.WRITING)
        retry_reply(user=member, reply_id=str(reply.pk))
    assert kinds(told) == ["reply.failed", "reply.queued"]
    assert told[0]["code"] == "model_silent"
    assert told[0]["message"] not in ("", "model_silent")


def test_a_waiting_reply_is_stopped_with_an_empty_answer(
    room: Room, member: User, question: Reply
) -> None:
    with verified(room) as told:
        cancel_reply(user=member, reply_id=str(question.pk))
    assert kinds(told) == ["reply.finished"]
    assert (told[0]["state"], told[0]["message"]["text"]) == ("stopped", "")


def test_member_joined_and_left(room: Room, owner: User, stranger: User) -> None:
    with verified(room) as told:
        add_member(by=owner, room=room.slug, username="stranger")
        change_role(by=owner, room=room.slug, username="stranger", role=Role.READER)
        remove_member(by=owner, room=room.slug, username="stranger")
    assert kinds(told) == ["member.joined", "member.joined", "member.left"]
    assert [frame["member"]["role"] for frame in told[:2]] == ["member", "reader"]


@pytest.mark.parametrize(
    "event",
    [
        PresenceChanged(room="r", username="member", online=True),
        TypingChanged(room="r", username="member", typing=True),
        UnreadChanged(room="r", unread=3),
    ],
    ids=lambda event: str(event.__struct_config__.tag),
)
def test_what_is_told_once_carries_no_number(room: Room, event: Event) -> None:
    with verified(room) as told:
        tell_room(room.pk, event)
    assert "seq" not in told[0]
