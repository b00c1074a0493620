"""What the sockets of a process ask about many users at once."""

import pytest

from accounts.models import User
from chat.models import Membership, Room
from chat.selectors.room_list import unread_counts
from chat.selectors.standing import accesses
from chat.services.drafts import Draft
from chat.services.messages import delete_message, send_message

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_name_that_no_room_can_have_does_not_keep_the_others_out(
    room: Room, member: User, stranger: User
) -> None:
    asked = [(member.pk, room.slug), (stranger.pk, room.slug), (stranger.pk, "no row holds \0")]
    assert set(accesses(asked)) == {(member.pk, room.slug)}


def test_unread_are_the_messages_of_others_past_the_mark(
    room: Room, owner: User, member: User, reader: User
) -> None:
    sent = [
        send_message(author=author, room=room.slug, draft=Draft(f"id-{n}", "嗨")).message
        for n, author in enumerate((owner, owner, member, owner))
    ]
    delete_message(editor=owner, message_id=sent[0].id)
    Membership.objects.filter(user=reader).update(last_read_seq=sent[2].seq)
    counts = unread_counts(room.pk, [owner.pk, member.pk, reader.pk])
    assert counts == {owner.pk: 1, member.pk: 2, reader.pk: 1}
