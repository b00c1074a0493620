"""Whose reply is written next: people take turns, however many questions one of them asks."""

import pytest
from pytest_django import Settings

from accounts.models import User
from chat.models import Membership, Reply, Room
from chat.services.end_reply import Outcome, end_reply
from chat.services.reply_queue import MAX_WAITING, claim_next_reply
from chat.types import ReplyState
from tests.factories.replies import ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked_room(room: Room, assistant: User) -> Room:
    """The room with its assistant."""
    Membership.objects.create(room=room, user=assistant)
    return room


def begin() -> Reply:
    """Claim the next reply; there is one."""
    reply = claim_next_reply()
    assert reply
    return reply


def end(reply: Reply) -> None:
    """The model has written it."""
    end_reply(reply, Outcome(ReplyState.DONE, text="so"), expected=ReplyState.WRITING)


def askers_in_order() -> list[str]:
    """Whose replies are written from now on, one after the other."""
    order = []
    while reply := claim_next_reply():
        order.append(reply.asker.username)
        end(reply)
    return order


@pytest.mark.parametrize("at_once", [1, 2, 4])
def test_a_flood_that_came_first_is_passed_as_soon_as_one_of_its_replies_ends(
    asked_room: Room,
    owner: User,
    member: User,
    assistant: User,
    settings: Settings,
    at_once: int,
) -> None:
    settings.REPLY_CONCURRENCY = at_once
    for _ in range(MAX_WAITING):
        ask(asked_room, member, assistant)
    begun = [begin() for _ in range(at_once)]
    own = ask(asked_room, owner, assistant)
    for reply in begun:
        end(reply)
    assert begin() == own


def test_two_who_ask_much_take_turns(
    asked_room: Room, owner: User, member: User, assistant: User, settings: Settings
) -> None:
    settings.REPLY_CONCURRENCY = 1
    for asker in (member, owner):
        for _ in range(3):
            ask(asked_room, asker, assistant)
    assert askers_in_order() == [member.username, owner.username] * 3


def test_between_people_with_one_question_each_who_asked_first_comes_first(
    asked_room: Room, owner: User, member: User, assistant: User, settings: Settings
) -> None:
    settings.REPLY_CONCURRENCY = 1
    ask(asked_room, owner, assistant)
    end(begin())
    ask(asked_room, owner, assistant)
    ask(asked_room, member, assistant)
    assert askers_in_order() == [owner.username, member.username]
