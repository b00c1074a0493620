"""What sending does to the room: order, idempotence, addressees, bad text."""

import pytest
from django.db import transaction

from accounts.models import User
from chat.errors import (
    AddresseeLeftError,
    ClientIdConflictError,
    ReadOnlyError,
    RoomNotFoundError,
    TextEmptyError,
    TextInvalidError,
    TextTooLongError,
)
from chat.models import Message, Reply, Room
from chat.services.drafts import Draft
from chat.services.messages import delete_message, edit_message, send_message
from chat.types import AddresseeKind, ReplyState
from echomind.common.errors import EchoMindError

pytestmark = pytest.mark.django_db(transaction=True)


def test_numbers_follow_each_other_without_a_gap(room: Room, owner: User, member: User) -> None:
    seqs = [
        send_message(author=author, room=room.slug, draft=Draft(f"id-{n}", "嗨")).message.seq
        for n, author in enumerate((owner, member, owner))
    ]
    assert seqs == [seqs[0], seqs[0] + 1, seqs[0] + 2]


def test_the_same_client_id_and_body_return_the_first_row(room: Room, member: User) -> None:
    first = send_message(author=member, room=room.slug, draft=Draft("one", "hello"))
    again = send_message(author=member, room=room.slug, draft=Draft("one", "hello"))
    assert (first.created, again.created) == (True, False)
    assert again.message.id == first.message.id
    room.refresh_from_db()
    assert room.seq == first.message.seq


def test_a_repeated_message_spares_the_transaction_around_it(room: Room, member: User) -> None:
    with transaction.atomic():
        first = send_message(author=member, room=room.slug, draft=Draft("one", "hello"))
        again = send_message(author=member, room=room.slug, draft=Draft("one", "hello"))
        assert again.message.id == first.message.id
    assert Message.objects.count() == 1


def test_the_same_client_id_with_another_body_is_a_conflict(room: Room, member: User) -> None:
    send_message(author=member, room=room.slug, draft=Draft("one", "hello"))
    with pytest.raises(ClientIdConflictError):
        send_message(author=member, room=room.slug, draft=Draft("one", "other"))
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", TextEmptyError),
        (" \n\t ", TextEmptyError),
        ("字" * 8001, TextTooLongError),
        ("hi \u202e there", TextInvalidError),
        ("hi \x00 there", TextInvalidError),
    ],
)
def test_bad_text_is_refused_and_nothing_is_written(
    room: Room, member: User, text: str, error: type[EchoMindError]
) -> None:
    with pytest.raises(error):
        send_message(author=member, room=room.slug, draft=Draft("one", text))
    assert not Message.objects.exists()


def test_a_reader_cannot_write_and_a_stranger_finds_no_room(
    room: Room, reader: User, stranger: User
) -> None:
    with pytest.raises(ReadOnlyError):
        send_message(author=reader, room=room.slug, draft=Draft("one", "hi"))
    with pytest.raises(RoomNotFoundError):
        send_message(author=stranger, room=room.slug, draft=Draft("two", "hi"))


def test_an_addressee_who_is_not_in_the_room_is_named(room: Room, member: User) -> None:
    draft = Draft("one", "hi", AddresseeKind.MEMBER, "gone")
    with pytest.raises(AddresseeLeftError):
        send_message(author=member, room=room.slug, draft=draft)


def test_a_message_to_an_assistant_queues_one_reply(
    room: Room, member: User, assistant: User
) -> None:
    room.members.add(assistant)
    draft = Draft("one", "你好", AddresseeKind.ASSISTANT, assistant.username)
    sent = send_message(author=member, room=room.slug, draft=draft)
    reply = Reply.objects.get(question=sent.message.id)
    assert (reply.state, reply.assistant, reply.asker) == (ReplyState.QUEUED, assistant, member)
    assert sent.message.reply is not None
    assert sent.message.reply.state == "queued"


def test_an_edit_and_a_deletion_take_the_next_numbers(room: Room, member: User) -> None:
    sent = send_message(author=member, room=room.slug, draft=Draft("one", "hi")).message
    edited = edit_message(editor=member, message_id=sent.id, text="ho")
    removed = delete_message(editor=member, message_id=sent.id)
    assert (edited, removed) == (sent.seq + 1, sent.seq + 2)
    row = Message.objects.get(pk=sent.id)
    assert row.text == ""
    assert row.removed_at is not None
