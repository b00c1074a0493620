"""What goes into a prompt besides the question: recent turns and the summary, with copies in Redis."""

from functools import partial

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from ai.memory import store
from chat.models import Reply, Room
from chat.realtime.redis_clients import shared_client
from chat.selectors.reply_context import reply_request
from chat.services import memory as services
from chat.services.messages import delete_message, edit_message
from chat.services.reactions import toggle_reaction
from tests.chat.remembering import Saying, alone_in, prompt, request_now, say, sum_up, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sage(assistant: User, room: Room) -> User:
    """The room's only assistant."""
    return alone_in(room, assistant)


@pytest.fixture
def says(room: Room) -> Saying:
    """Somebody writes in the room."""
    return partial(say, room)


def test_the_prompt_is_the_same_after_redis_lost_everything(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    for number in range(5):
        says(member, f"message {number}")
    services.remember_message(user=member, message_id=says(member, "I like tea").pk)
    sum_up(room, sage, 2)
    request_now(room, sage, member)
    before = prompt(request_now(room, sage, member))  # from the copies
    shared_client().flushall()
    assert prompt(request_now(room, sage, member)) == before
    assert "I like tea" in before
    assert "They met." in before


def test_the_copy_of_the_turns_grows_with_the_room(
    room: Room,
    sage: User,
    member: User,
    says: Saying,
) -> None:
    says(member, "one")
    assert told(request_now(room, sage, member)) == ["one"]
    says(member, "two")
    kept = store.kept_turns(f"{room.pk}:{sage.pk}")
    assert kept is not None
    assert [turn.text for turn in kept.turns] == ["one"]
    assert told(request_now(room, sage, member)) == ["one", "two"]


def test_an_edited_message_is_told_as_it_is_now(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    message = says(member, "the code is 1234")
    assert told(request_now(room, sage, member)) == ["the code is 1234"]
    edit_message(editor=member, message_id=message.pk, text="never mind")
    assert told(request_now(room, sage, member)) == ["never mind"]


def test_a_deleted_message_is_told_no_more(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    message = says(member, "the code is 1234")
    says(member, "hello")
    request_now(room, sage, member)
    delete_message(editor=member, message_id=message.pk)
    assert told(request_now(room, sage, member)) == ["hello"]


def test_a_message_deleted_after_the_question_was_asked_is_not_told(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    message = says(member, "the code is 1234")
    question = says(member, "so?")
    reply = Reply(room=room, question=question, assistant=sage, asker=member)
    assert told(reply_request(reply)) == ["the code is 1234"]
    delete_message(editor=member, message_id=message.pk)
    assert told(reply_request(reply)) == []


def test_a_deleted_message_leaves_no_text_in_redis(
    room: Room,
    sage: User,
    member: User,
    says: Saying,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    message = says(member, "the code is 1234")
    request_now(room, sage, member)
    with django_capture_on_commit_callbacks(execute=True):
        delete_message(editor=member, message_id=message.pk)
    assert store.kept_turns(f"{room.pk}:{sage.pk}") is None


def test_a_reaction_changes_nothing_of_what_was_said(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    message = says(member, "hello")
    request_now(room, sage, member)
    toggle_reaction(user=member, message_id=message.pk, emoji="👍")
    assert told(request_now(room, sage, member)) == ["hello"]


def test_what_is_summed_up_is_told_by_its_summary_alone(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    first, second = says(member, "first words"), says(member, "second words")
    sum_up(room, sage, first.seq, "They greeted each other.")
    request = request_now(room, sage, member)
    assert told(request) == [second.text]
    assert "They greeted each other." in prompt(request)


def test_a_deleted_message_takes_its_summary_along_and_is_not_told_again(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    first, second = says(member, "the code is 1234"), says(member, "second words")
    sum_up(room, sage, first.seq, "The code is 1234.")
    delete_message(editor=member, message_id=first.pk)
    request = request_now(room, sage, member)
    assert "1234" not in prompt(request)
    assert told(request) == [second.text]


def test_an_old_question_is_answered_anew_without_the_summary_of_what_came_after(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    says(member, "hello")
    question = says(member, "so?")
    later = says(member, "the murderer is the gardener")
    sum_up(room, sage, later.seq, "The gardener did it.")
    request = reply_request(Reply(room=room, question=question, assistant=sage, asker=member))
    assert told(request) == ["hello"]
    assert "gardener" not in prompt(request).lower()
