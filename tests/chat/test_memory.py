"""Facts made from messages, and who may see, correct and clear what an assistant remembers."""

from functools import partial

import pytest

from accounts.models import User
from ai.api import digest_of, remember_fact
from chat.errors import (
    JoinFirstError,
    MessageNotFoundError,
    ReadOnlyError,
    RoomNotFoundError,
    UserNotFoundError,
)
from chat.models import Membership, Room
from chat.pages.passport import UsedFact, passport_page
from chat.selectors.memory import memory_of_room
from chat.services import memory as services
from chat.services.messages import delete_message
from tests.chat.remembering import Saying, alone_in, prompt, request_now, say, told
from tests.factories.replies import ask
from tests.factories.rooms import make_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def sage(assistant: User, room: Room) -> User:
    """The room's only assistant."""
    return alone_in(room, assistant)


@pytest.fixture
def says(room: Room) -> Saying:
    """Somebody writes in the room."""
    return partial(say, room)


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


def test_a_passport_does_not_pass_a_corrected_fact_off_as_the_one_that_was_read(
    room: Room, sage: User, member: User, says: Saying
) -> None:
    services.remember_message(user=member, message_id=says(member, "My cat is Momo").pk)
    (read,) = request_now(room, sage, member).recall.facts
    reply = ask(room, member, sage)
    reply.passport = {"memory": {"facts": [{"id": read.id, "digest": digest_of(read)}]}}
    assert passport_page(reply).facts == [UsedFact("My cat is Momo", is_forgotten=False)]
    where = {"user": member, "room": room.slug, "assistant": sage.username, "fact": read.id}
    services.change_fact(**where, text="My cat is Pixel")
    assert passport_page(reply).facts == [UsedFact(None, is_forgotten=False)]
    services.delete_fact(**where)
    assert passport_page(reply).facts == [UsedFact(None, is_forgotten=True)]


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
