"""What goes into a prompt besides the question: recent turns, summary, facts; and who changes it."""

import uuid
from collections.abc import Callable

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import User
from ai.api import remember_fact
from ai.memory import store
from ai.memory.summaries import Step, keep_step, revision_of
from ai.prompts import build_messages
from ai.types import ReplyRequest
from chat.errors import (
    JoinFirstError,
    MessageNotFoundError,
    ReadOnlyError,
    RoomNotFoundError,
    UserNotFoundError,
)
from chat.models import Membership, Message, Reply, Room
from chat.realtime.redis_clients import shared_client
from chat.selectors.memory import memory_of_room
from chat.selectors.next_question import unasked
from chat.selectors.reply_context import reply_request
from chat.services import memory as services
from chat.services.drafts import Draft
from chat.services.messages import delete_message, edit_message, send_message
from chat.services.reactions import toggle_reaction
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db

Saying = Callable[[User, str], Message]


@pytest.fixture
def sage(assistant: User, room: Room) -> User:
    """The room's only assistant."""
    room.memberships.filter(user__kind="assistant").delete()
    Membership.objects.create(room=room, user=assistant)
    return assistant


@pytest.fixture
def says(room: Room) -> Saying:
    """Somebody writes in the room."""

    def say(author: User, text: str) -> Message:
        sent = send_message(
            author=author, room=room.slug, draft=Draft(client_id=uuid.uuid4().hex, text=text)
        )
        return Message.objects.get(pk=sent.message.id)

    return say


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
    conversation = f"{room.pk}:{sage.pk}"
    assert keep_step(conversation, Step(until, text), revision=revision_of(conversation))


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


def test_a_corrected_fact_is_in_the_next_prompt(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    services.remember_message(user=member, message_id=says(member, "My cat is Momo").pk)
    (memory,) = memory_of_room(user=member, slug=room.slug).memories
    (fact,) = memory.facts
    where = {"user": member, "room": room.slug, "assistant": sage.username, "fact": fact.id}
    services.change_fact(**where, text="My cat is Pixel")
    assert "My cat is Pixel" in prompt(request_now(room, sage, member))
    services.delete_fact(**where)
    assert "Pixel" not in prompt(request_now(room, sage, member))


def test_a_cleared_memory_begins_anew(room: Room, sage: User, member: User, says: Saying) -> None:
    services.remember_message(user=member, message_id=says(member, "My cat is Momo").pk)
    services.clear(user=member, room=room.slug, assistant=sage.username)
    says(member, "hello")
    request = request_now(room, sage, member)
    assert told(request) == ["hello"]
    assert "Momo" not in prompt(request)


def test_a_fact_points_at_its_message_until_that_is_deleted(
    room: Room, sage: User, member: User, owner: User, says: Saying
) -> None:
    message = says(member, "My cat is Momo")
    services.remember_message(user=owner, message_id=message.pk, text="Momo is a cat")
    (memory,) = memory_of_room(user=member, slug=room.slug).memories
    assert [(fact.text, fact.message, fact.by) for fact in memory.facts] == [
        ("Momo is a cat", message.pk, owner.shown_name)
    ]
    delete_message(editor=member, message_id=message.pk)
    (memory,) = memory_of_room(user=member, slug=room.slug).memories
    assert memory.facts == []


def test_readers_see_the_memory_and_change_nothing(
    room: Room, sage: User, member: User, reader: User, says: Saying
) -> None:
    message = says(member, "My cat is Momo")
    services.remember_message(user=member, message_id=message.pk)
    seen = memory_of_room(user=reader, slug=room.slug)
    assert not seen.may_change
    assert [fact.text for fact in seen.memories[0].facts] == ["My cat is Momo"]
    where = {"user": reader, "room": room.slug, "assistant": sage.username}
    fact = seen.memories[0].facts[0].id
    for change in (
        lambda: services.remember_message(user=reader, message_id=message.pk),
        lambda: services.change_fact(**where, fact=fact, text="x"),
        lambda: services.delete_fact(**where, fact=fact),
        lambda: services.change_summary(**where, text="x"),
        lambda: services.clear(**where),
    ):
        with pytest.raises(ReadOnlyError):
            change()
    assert memory_of_room(user=reader, slug=room.slug) == seen


def test_a_stranger_learns_nothing(
    room: Room, sage: User, member: User, stranger: User, says: Saying
) -> None:
    message = says(member, "My cat is Momo")
    with pytest.raises(RoomNotFoundError):
        memory_of_room(user=stranger, slug=room.slug)
    with pytest.raises(MessageNotFoundError):
        services.remember_message(user=stranger, message_id=message.pk)
    with pytest.raises(RoomNotFoundError):
        services.clear(user=stranger, room=room.slug, assistant=sage.username)


def test_a_visitor_of_a_public_room_sees_and_must_join_to_change(
    public_room: Room, assistant: User, stranger: User
) -> None:
    Membership.objects.get_or_create(room=public_room, user=assistant)
    assert not memory_of_room(user=stranger, slug=public_room.slug).may_change
    with pytest.raises(JoinFirstError):
        services.clear(user=stranger, room=public_room.slug, assistant=assistant.username)


def test_an_assistant_of_another_room_has_no_memory_here(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    other = make_room(member, name="Elsewhere")
    remember_fact(conversation=f"{other.pk}:{sage.pk}", text="a secret", message=None, by=member.pk)
    assert "a secret" not in prompt(request_now(room, sage, member))
    with pytest.raises(UserNotFoundError):
        services.clear(user=member, room=room.slug, assistant="nobody")
