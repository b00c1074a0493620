"""Versions of an answer: their numbers, what stays of the others, what later prompts hold."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from chat.errors import (
    AddresseeLeftError,
    AnswerTooLongError,
    MessageNotFoundError,
    NothingToRerunError,
    ReplyCompleteError,
    ReplyNotRepeatableError,
    ReplyUnfinishedError,
)
from chat.models import Membership, Message, Reply, Room
from chat.selectors.reply_context import reply_request
from chat.services.messages import delete_message
from chat.services.versions import (
    MAX_CONTINUED,
    continue_reply,
    regenerate_reply,
    repeat_reply,
    rerun_message,
)
from chat.types import ReplyState
from tests.chat.verify import fresh_read, verified
from tests.factories.replies import answer, ask

pytestmark = pytest.mark.django_db(transaction=True)

PASSPORT: dict[str, Any] = {
    "model": "tiny", "model_id": None, "adapter": "", "preset": "Chat",
    "parameters": {"seed": 7, "temperature": 0.9, "stop": ["\n[Mei]"]}, "finish": "stop",
}  # fmt: skip
PROMPT = [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "[Member] why?"}]


@pytest.fixture
def first(room: Room, member: User, assistant: User) -> Reply:
    """A reply to the member's question, done."""
    Membership.objects.get_or_create(room=room, user=assistant)
    reply = ask(room, member, assistant)
    answer("one", passport=PASSPORT, prompt=PROMPT)
    reply.refresh_from_db()
    return reply


def turns_of(reply: Reply) -> list[str]:
    """The texts that the model would read before this reply."""
    return [turn.text for turn in reply_request(reply).turns]


def test_another_version_is_a_message_of_its_own_and_the_first_one_stays(
    room: Room, member: User, first: Reply
) -> None:
    with verified(room) as told:
        second = regenerate_reply(user=member, reply_id=str(first.pk))
        answer("two")
    assert [frame["type"] for frame in told] == ["reply.queued", "reply.finished"]
    assert (first.version, second.version) == (1, 2)
    answers = [read for read in fresh_read(room) if read["author"]["kind"] == "assistant"]
    shown = [
        (read["text"], read["reply"]["version"], read["reply"]["versions"]) for read in answers
    ]
    assert shown == [("one", 1, 2), ("two", 2, 2)]


def test_numbers_close_up_over_a_failure_and_a_deletion(
    room: Room, owner: User, member: User, first: Reply
) -> None:
    regenerate_reply(user=member, reply_id=str(first.pk))
    claimed = Reply.objects.filter(version=2)
    claimed.update(state=ReplyState.FAILED)
    for text in ("three", "four"):
        regenerate_reply(user=member, reply_id=str(first.pk))
        answer(text)
    delete_message(editor=owner, message_id=first.answer_id or 0)
    places = [
        (read["reply"]["version"], read["reply"]["versions"])
        for read in fresh_read(room)
        if read["author"]["kind"] == "assistant"
    ]
    assert places == [(1, 2), (2, 2)]


def test_later_prompts_hold_the_newest_version_in_the_place_of_the_first(
    room: Room, member: User, assistant: User, first: Reply
) -> None:
    ask(room, member, assistant, "and then?")
    answer("then")
    regenerate_reply(user=member, reply_id=str(first.pk))
    answer("two")
    later = ask(room, member, assistant, "so?")
    assert turns_of(later) == ["why?", "two", "and then?", "then", "so?"]


def test_a_version_without_words_does_not_hide_the_one_before_it(
    room: Room, member: User, assistant: User, first: Reply
) -> None:
    regenerate_reply(user=member, reply_id=str(first.pk))
    answer("", state=ReplyState.STOPPED)
    assert turns_of(ask(room, member, assistant, "so?")) == ["why?", "one", "so?"]


def test_another_version_is_written_from_what_was_known_before_the_question(
    room: Room, member: User, assistant: User, first: Reply
) -> None:
    ask(room, member, assistant, "and then?")
    answer("then")
    second = regenerate_reply(user=member, reply_id=str(first.pk))
    assert turns_of(second) == ["why?"]


def test_an_answer_on_its_way_gets_no_other_version_beside_it(member: User, first: Reply) -> None:
    regenerate_reply(user=member, reply_id=str(first.pk))
    with pytest.raises(ReplyUnfinishedError):
        regenerate_reply(user=member, reply_id=str(first.pk))


def test_who_has_left_answers_no_more(
    room: Room, assistant: User, member: User, first: Reply
) -> None:
    Membership.objects.filter(room=room, user=assistant).delete()
    with pytest.raises(AddresseeLeftError):
        regenerate_reply(user=member, reply_id=str(first.pk))


def test_a_deleted_question_is_not_answered_anew(member: User, first: Reply) -> None:
    delete_message(editor=member, message_id=first.question_id)
    with pytest.raises(MessageNotFoundError):
        regenerate_reply(user=member, reply_id=str(first.pk))


@pytest.mark.parametrize(
    ("state", "passport"),
    [(ReplyState.STOPPED, {}), (ReplyState.DONE, {"finish": "length"})],
)
def test_what_was_cut_short_is_gone_on_from(
    room: Room, member: User, assistant: User, state: ReplyState, passport: dict[str, Any]
) -> None:
    Membership.objects.get_or_create(room=room, user=assistant)
    cut = ask(room, member, assistant)
    answer("Once upon a", state=state, passport=passport)
    longer = continue_reply(user=member, reply_id=str(cut.pk))
    assert (longer.version, longer.continues) == (2, cut)
    assert reply_request(longer).written == "Once upon a"


def test_a_complete_answer_is_not_gone_on_from(member: User, first: Reply) -> None:
    with pytest.raises(ReplyCompleteError):
        continue_reply(user=member, reply_id=str(first.pk))


def test_a_very_long_answer_is_not_gone_on_from(room: Room, member: User, assistant: User) -> None:
    Membership.objects.get_or_create(room=room, user=assistant)
    cut = ask(room, member, assistant)
    answer("x" * (MAX_CONTINUED + 1), state=ReplyState.STOPPED)
    with pytest.raises(AnswerTooLongError):
        continue_reply(user=member, reply_id=str(cut.pk))


def test_a_repetition_reads_the_same_prompt_with_the_same_parameters(
    member: User, first: Reply
) -> None:
    request = reply_request(repeat_reply(user=member, reply_id=str(first.pk)))
    assert list(request.prompt) == PROMPT
    assert request.once_told == first.passport
    parameters = request.brief.parameters
    assert (parameters.seed, parameters.temperature, parameters.stop) == (7, 0.9, ("\n[Mei]",))


@pytest.mark.parametrize(("cached", "warned"), [(0, False), (40, True)])
def test_the_passport_says_when_a_repetition_may_differ(
    client: Client, member: User, first: Reply, cached: int, warned: bool
) -> None:
    Reply.objects.filter(pk=first.pk).update(passport={**PASSPORT, "cached_tokens": cached})
    User.objects.filter(pk=member.pk).update(language="en")
    client.force_login(member)
    page = client.get(reverse("chat:passport", args=[first.pk]))
    assert ("all of it is read anew" in page.content.decode()) is warned


@pytest.mark.parametrize(("text", "same"), [("one", True), ("other", False)])
def test_a_repetition_tells_whether_the_text_is_the_same(
    member: User, first: Reply, text: str, same: bool
) -> None:
    again = repeat_reply(user=member, reply_id=str(first.pk))
    answer(text)
    again.refresh_from_db()
    assert (again.repeats, again.passport["same"]) == (first, same)


def test_what_is_taken_back_is_kept_in_no_prompt(
    room: Room, owner: User, member: User, first: Reply
) -> None:
    delete_message(editor=member, message_id=first.question_id)
    first.refresh_from_db()
    assert first.prompt == []
    with pytest.raises(ReplyNotRepeatableError):
        repeat_reply(user=member, reply_id=str(first.pk))


def test_an_edited_question_is_answered_anew(room: Room, member: User, first: Reply) -> None:
    with verified(room) as told:
        second = rerun_message(editor=member, message_id=first.question_id, text="how?")
    assert [frame["type"] for frame in told] == ["message.edited", "reply.queued"]
    assert (second.version, turns_of(second)) == (2, ["how?"])


def test_a_question_asked_anew_as_it_was_is_not_marked_as_edited(
    member: User, first: Reply
) -> None:
    rerun_message(editor=member, message_id=first.question_id, text=" why? ")
    assert Message.objects.get(pk=first.question_id).edited_at is None


def test_asking_anew_stops_who_still_answers(room: Room, member: User, assistant: User) -> None:
    Membership.objects.get_or_create(room=room, user=assistant)
    waiting = ask(room, member, assistant)
    again = rerun_message(editor=member, message_id=waiting.question_id, text="how?")
    waiting.refresh_from_db()
    assert (waiting.state, again.state, again.version) == (ReplyState.STOPPED, ReplyState.QUEUED, 2)


def test_a_refused_rerun_leaves_the_message_as_it_was(
    room: Room, member: User, assistant: User, first: Reply
) -> None:
    Message.objects.filter(pk=first.question_id).update(to_kind="everyone", to_user=None)
    with pytest.raises(NothingToRerunError):
        rerun_message(editor=member, message_id=first.question_id, text="how?")
    assert Message.objects.get(pk=first.question_id).text == "why?"


def test_turns_that_were_kept_do_not_bring_an_older_version_back(
    room: Room, member: User, assistant: User, first: Reply
) -> None:
    assert turns_of(ask(room, member, assistant, "and then?")) == ["why?", "one", "and then?"]
    answer("then")
    regenerate_reply(user=member, reply_id=str(first.pk))
    answer("two")
    later = ask(room, member, assistant, "so?")
    assert turns_of(later) == ["why?", "two", "and then?", "then", "so?"]
