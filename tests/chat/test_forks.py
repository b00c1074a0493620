"""Forks: the history is copied with its speakers, and the room it comes from stays as it is."""

import pytest

from accounts.models import User
from chat.errors import MessageNotFoundError, NoAssistantError
from chat.models import Membership, Message, Reply, Room, RoomEvent
from chat.selectors.conversations import conversation_wire
from chat.selectors.fork_origins import HIDDEN
from chat.selectors.timeline import message_page
from chat.services.drafts import Draft
from chat.services.forks import fork_conversation
from chat.services.members import remove_member
from chat.services.messages import delete_message, send_message
from chat.services.versions import regenerate_reply
from chat.types import ReplyState
from chat.wire import OriginWire
from tests.chat.verify import fresh_read
from tests.factories.replies import answer, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def first(room: Room, member: User, assistant: User) -> Reply:
    """The member asked and was answered; then the talk went on."""
    Membership.objects.get_or_create(room=room, user=assistant)
    reply = ask(room, member, assistant)
    answer("one", passport={"model": "tiny"})
    ask(room, member, assistant, "and then?")
    answer("then")
    reply.refresh_from_db()
    return reply


def texts_in(room: Room) -> list[str]:
    """What a reader of the room sees."""
    return [message.text for message in message_page(room=room).messages]


def test_a_fork_ends_with_the_message_it_was_made_at(
    room: Room, reader: User, first: Reply
) -> None:
    before = fresh_read(room)
    fork = fork_conversation(user=reader, message_id=first.answer_id or 0)
    assert texts_in(fork) == ["why?", "one"]
    assert (fork.kind, fork.pair, fork.forked_from_id) == ("direct", None, first.answer_id)
    assert fresh_read(room) == before


def test_a_fork_shows_the_version_it_was_made_at(room: Room, member: User, first: Reply) -> None:
    regenerate_reply(user=member, reply_id=str(first.pk))
    second = answer("two")
    for message_id, text in ((first.answer_id, "one"), (second.pk, "two")):
        fork = fork_conversation(user=member, message_id=message_id or 0)
        assert texts_in(fork) == ["why?", text]


def test_a_later_fork_holds_the_newest_version_in_its_place(
    room: Room, member: User, first: Reply
) -> None:
    regenerate_reply(user=member, reply_id=str(first.pk))
    answer("two")
    last = Message.objects.get(text="then")
    assert texts_in(fork_conversation(user=member, message_id=last.pk)) == [
        "why?", "two", "and then?", "then",
    ]  # fmt: skip


def test_the_events_of_a_fork_count_without_a_gap(reader: User, first: Reply) -> None:
    fork = fork_conversation(user=reader, message_id=first.answer_id or 0)
    seqs = RoomEvent.objects.filter(room=fork).order_by("seq").values_list("seq", flat=True)
    fork.refresh_from_db()
    assert list(seqs) == list(range(1, fork.seq + 1))
    assert Membership.objects.get(room=fork, user=reader).last_read_seq == fork.seq


def test_the_answers_of_a_fork_can_be_had_in_other_versions(reader: User, first: Reply) -> None:
    fork = fork_conversation(user=reader, message_id=first.answer_id or 0)
    copy = Reply.objects.get(room=fork)
    assert (copy.passport, copy.state, copy.asker) == ({"model": "tiny"}, ReplyState.DONE, reader)
    assert regenerate_reply(user=reader, reply_id=str(copy.pk)).version == 2


def test_what_is_said_in_a_fork_is_for_its_assistant(
    reader: User, assistant: User, first: Reply
) -> None:
    fork = fork_conversation(user=reader, message_id=first.answer_id or 0)
    send_message(author=reader, room=fork.slug, draft=Draft("next", "go on"))
    assert Reply.objects.get(question__client_id="next").assistant == assistant


def test_a_fork_says_where_it_comes_from_to_who_may_see_that(
    room: Room, owner: User, reader: User, member: User, first: Reply
) -> None:
    fork = fork_conversation(user=reader, message_id=first.question_id)

    def told() -> OriginWire | None:
        return conversation_wire(reader, fork.slug).forked_from

    assert told() == OriginWire(room=room.slug, name=room.name, message=first.question_id)
    delete_message(editor=member, message_id=first.question_id)
    assert told() == OriginWire(room=room.slug, name=room.name, message=None)
    remove_member(by=owner, room=room.slug, username=reader.username)
    assert told() == HIDDEN


def test_only_what_can_be_seen_is_forked(stranger: User, member: User, first: Reply) -> None:
    with pytest.raises(MessageNotFoundError):
        fork_conversation(user=stranger, message_id=first.answer_id or 0)
    delete_message(editor=member, message_id=first.question_id)
    with pytest.raises(MessageNotFoundError):
        fork_conversation(user=member, message_id=first.question_id)


def test_without_an_assistant_there_is_nobody_to_go_on_with(direct_room: Room, owner: User) -> None:
    sent = send_message(author=owner, room=direct_room.slug, draft=Draft("one", "hello"))
    with pytest.raises(NoAssistantError):
        fork_conversation(user=owner, message_id=sent.message.id)
