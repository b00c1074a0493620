"""Who answers what a person says: the room's rule, its rights, and why no loop can begin."""

from itertools import count

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from ai.models import Assistant
from chat.errors import AnsweringInvalidError, NotAllowedError, RoomNotFoundError
from chat.models import Membership, Message, Reply, Room
from chat.services.answering import change_answering
from chat.services.drafts import Draft
from chat.services.end_reply import Outcome, end_reply
from chat.services.messages import delete_message, send_message
from chat.services.replies import cancel_reply
from chat.services.reply_queue import MAX_WAITING, claim_next_reply
from chat.types import AddresseeKind, Answering, ReplyState
from echomind.common.errors import EchoMindError
from tests.factories.people import make_assistant

pytestmark = pytest.mark.django_db(transaction=True)
_client_ids = (f"said-{number}" for number in count())
NAMES = ["zhuge", "caocao", "guanyu"]


@pytest.fixture
def figures(room: Room) -> list[User]:
    """Three assistants who came to the room in this order."""
    made = [make_assistant(name) for name in NAMES]
    Membership.objects.bulk_create(Membership(room=room, user=user) for user in made)
    return made


@pytest.fixture
def table(room: Room, owner: User, figures: list[User]) -> Room:
    """The room with the three at its round table."""
    return rule(room, owner, Answering.ROUND_TABLE)


def rule(room: Room, by: User, answering: str, assistant: str = "", most: int = 8) -> Room:
    """The room with this rule."""
    return change_answering(
        by=by, room=room.slug, answering=answering, assistant=assistant, max_assistant_run=most
    )


def say(room: Room, author: User, text: str = "What now?", **fields: str) -> None:
    """A message to everyone, unless the fields say otherwise."""
    draft = Draft(next(_client_ids), text, **fields)  # type: ignore[arg-type]  # no number here
    send_message(author=author, room=room.slug, draft=draft)


def end_next(state: ReplyState = ReplyState.DONE, text: str = "So be it.") -> Reply:
    """The next waiting reply, claimed and ended."""
    reply = claim_next_reply()
    assert reply
    assert end_reply(reply, Outcome(state, text=text, code="x"), expected=ReplyState.WRITING)
    return reply


def asked(room: Room) -> list[str]:
    """Who was asked in this room, in order."""
    replies = Reply.objects.filter(room=room).order_by("created_at")
    return list(replies.values_list("assistant__username", flat=True))


def test_a_message_to_everyone_is_answered_by_nobody_at_first(
    room: Room, member: User, figures: list[User]
) -> None:
    say(room, member)
    assert asked(room) == []


def test_the_chosen_one_answers_when_nobody_is_addressed(
    room: Room, owner: User, member: User, figures: list[User]
) -> None:
    rule(room, owner, Answering.DEFAULT, "caocao")
    say(room, member)
    say(room, member, to_kind=AddresseeKind.MEMBER, to_username=owner.username)
    say(room, member, to_kind=AddresseeKind.ASSISTANT, to_username="zhuge")
    assert asked(room) == ["caocao", "zhuge"]
    message = Message.objects.filter(room=room).earliest("seq")
    assert message.to_kind == AddresseeKind.EVERYONE


def test_a_chosen_one_who_left_answers_nobody(
    room: Room, owner: User, member: User, figures: list[User]
) -> None:
    rule(room, owner, Answering.DEFAULT, "caocao")
    Membership.objects.filter(room=room, user__username="caocao").delete()
    say(room, member)
    assert asked(room) == []


def test_a_table_goes_round_once_in_the_order_of_joining(table: Room, member: User) -> None:
    say(table, member)
    assert asked(table) == NAMES[:1]
    for number in (2, 3, 3):
        end_next()
        assert asked(table) == NAMES[:number]
    assert claim_next_reply() is None
    assert Message.objects.filter(room=table).count() == 1 + len(NAMES)


def test_who_fails_does_not_hold_up_the_table_and_may_try_again(table: Room, member: User) -> None:
    say(table, member)
    failed = end_next(ReplyState.FAILED)
    assert asked(table) == NAMES[:2]
    Reply.objects.filter(pk=failed.pk).update(state=ReplyState.QUEUED)
    assert end_next().assistant.username in NAMES[:2]
    end_next()
    assert asked(table) == NAMES


def test_a_stop_ends_the_table(table: Room, member: User) -> None:
    say(table, member)
    cancel_reply(user=member, reply_id=str(Reply.objects.get().pk))
    assert asked(table) == NAMES[:1]
    assert claim_next_reply() is None


def test_a_question_that_was_taken_back_ends_the_table(table: Room, member: User) -> None:
    say(table, member)
    first = claim_next_reply()
    assert first
    delete_message(editor=member, message_id=first.question_id)
    assert end_reply(first, Outcome(ReplyState.DONE, text="Too late."), expected=ReplyState.WRITING)
    assert asked(table) == NAMES[:1]


def test_another_rule_ends_the_table(table: Room, owner: User, member: User) -> None:
    say(table, member)
    rule(table, owner, Answering.ADDRESSED)
    end_next()
    assert asked(table) == NAMES[:1]


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_more_answers_follow_each_other_than_the_room_allows(
    room: Room, owner: User, member: User, figures: list[User], most: int
) -> None:
    rule(room, owner, Answering.ROUND_TABLE, most=most)
    say(room, member)
    while Reply.objects.filter(state=ReplyState.QUEUED).exists():
        end_next()
    assert asked(room) == NAMES[:most]


def test_a_limit_that_is_set_while_they_talk_holds_at_once(
    table: Room, owner: User, member: User
) -> None:
    say(table, member)
    rule(table, owner, Answering.ROUND_TABLE, most=1)
    end_next()
    assert asked(table) == NAMES[:1]


def test_who_leaves_before_their_turn_is_passed_over(table: Room, member: User) -> None:
    say(table, member)
    Membership.objects.filter(room=table, user__username="caocao").delete()
    end_next()
    assert asked(table) == ["zhuge", "guanyu"]


@pytest.mark.parametrize("answering", [Answering.DEFAULT, Answering.ROUND_TABLE])
def test_what_an_assistant_says_sets_off_nobody(
    room: Room, owner: User, figures: list[User], answering: Answering
) -> None:
    rule(room, owner, answering, "caocao")
    say(room, figures[0], "@caocao, and you?")
    assert asked(room) == []


def test_an_answer_that_mentions_another_assistant_sets_off_nobody(
    room: Room, member: User, figures: list[User]
) -> None:
    say(room, member, to_kind=AddresseeKind.ASSISTANT, to_username="zhuge")
    end_next(text="@caocao, and you?")
    assert asked(room) == ["zhuge"]


def test_what_is_said_to_everyone_stands_also_when_too_many_replies_wait(
    table: Room, member: User
) -> None:
    for _ in range(MAX_WAITING + 1):
        say(table, member)
    assert Message.objects.filter(room=table).count() == MAX_WAITING + 1
    assert len(asked(table)) == MAX_WAITING


@pytest.mark.parametrize(
    ("role", "error"),
    [("member", NotAllowedError), ("reader", NotAllowedError), ("stranger", RoomNotFoundError)],
)
def test_only_those_who_manage_a_room_set_its_rule(
    room: Room, request: pytest.FixtureRequest, role: str, error: type[EchoMindError]
) -> None:
    with pytest.raises(error):
        rule(room, request.getfixturevalue(role), Answering.ROUND_TABLE)
    room.refresh_from_db()
    assert room.answering == Answering.ADDRESSED


@pytest.mark.parametrize(
    ("answering", "assistant", "most"),
    [
        ("everyone", "", 4),
        (Answering.ROUND_TABLE, "", 0),
        (Answering.ROUND_TABLE, "", 9),
        (Answering.DEFAULT, "", 4),
        (Answering.DEFAULT, "member", 4),
        (Answering.DEFAULT, "nobody", 4),
    ],
)
def test_a_rule_that_cannot_be_is_refused_whole(
    room: Room, owner: User, figures: list[User], answering: str, assistant: str, most: int
) -> None:
    with pytest.raises(AnsweringInvalidError):
        rule(room, owner, answering, assistant, most)
    room.refresh_from_db()
    assert (room.answering, room.max_assistant_run) == (Answering.ADDRESSED, 4)


@pytest.mark.parametrize("most", [0, 9])
def test_the_admin_sets_no_other_limit_either(room: Room, most: int) -> None:
    room.max_assistant_run = most
    with pytest.raises(ValidationError) as refused:
        room.full_clean()
    assert list(refused.value.message_dict) == ["max_assistant_run"]


def test_a_direct_room_has_no_rule(direct_room: Room, owner: User) -> None:
    with pytest.raises(NotAllowedError):
        rule(direct_room, owner, Answering.ROUND_TABLE)


def test_a_private_assistant_speaks_only_where_its_owner_is(
    table: Room, owner: User, member: User
) -> None:
    private = Assistant.objects.filter(user__username="zhuge")
    private.update(is_public=False, owner=member)
    say(table, owner)
    assert asked(table) == ["zhuge"]
    Membership.objects.filter(room=table, user=member).delete()
    say(table, owner)
    assert asked(table) == ["zhuge", "caocao"]
