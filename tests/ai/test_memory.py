"""What is remembered of a conversation, and how it is forgotten."""

import pytest

from accounts.models import User
from ai.errors import FactInvalidError, FactNotFoundError, FactsFullError, SummaryInvalidError
from ai.memory import store
from ai.memory.changes import changing
from ai.memory.facts import (
    MOST_FACTS,
    Noticed,
    correct_fact,
    forget_fact,
    notice,
    remember_fact,
)
from ai.memory.forgetting import (
    clear_memory,
    forget_conversations,
    forget_message,
    rewrite_summary,
)
from ai.memory.recall import recall
from ai.memory.summaries import Step, keep_step, revision_of
from ai.models import Fact, Memory, Summary

HERE, ELSEWHERE = "7:3", "8:3"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_copies() -> None:
    for place in ("7", "8"):
        store.drop(place)


def told(conversation: str = HERE) -> list[str]:
    """The facts that are recalled."""
    return [fact.text for fact in recall(conversation).facts]


def pin(member: User, text: str, message: int | None = 12, conversation: str = HERE) -> int:
    return remember_fact(conversation=conversation, text=text, message=message, by=member.pk)


def sum_up(until: int, text: str = "They met.", facts: tuple[Noticed, ...] = ()) -> bool:
    return keep_step(HERE, Step(until, text, facts), revision=revision_of(HERE))


def test_a_pinned_fact_is_recalled_with_its_message_and_who_pinned_it(member: User) -> None:
    pin(member, "  Mei likes\n tea ")
    (fact,) = recall(HERE).facts
    assert (fact.text, fact.message, fact.by) == ("Mei likes tea", 12, member.shown_name)


def test_the_same_fact_is_pinned_once(member: User) -> None:
    assert pin(member, "Mei likes tea") == pin(member, "Mei likes tea")


def test_another_conversation_never_sees_it(member: User) -> None:
    pin(member, "Mei likes tea")
    assert recall(ELSEWHERE).facts == ()


def test_a_corrected_fact_takes_the_place_of_the_old_one(member: User) -> None:
    fact = pin(member, "Mei likes tea")
    assert told() == ["Mei likes tea"]
    correct_fact(conversation=HERE, fact=fact, text="Mei likes coffee", by=member.pk)
    assert told() == ["Mei likes coffee"]


def test_facts_of_another_conversation_cannot_be_changed(member: User) -> None:
    fact = pin(member, "Mei likes tea")
    with pytest.raises(FactNotFoundError):
        correct_fact(conversation=ELSEWHERE, fact=fact, text="x", by=member.pk)
    with pytest.raises(FactNotFoundError):
        forget_fact(conversation=ELSEWHERE, fact=fact)
    assert told() == ["Mei likes tea"]


@pytest.mark.parametrize("text", ["", " \u200b ", "a" * 301, "tea\u202e"])
def test_a_fact_needs_a_visible_text_that_fits(member: User, text: str) -> None:
    with pytest.raises(FactInvalidError):
        pin(member, text)
    assert not Fact.objects.exists()


def test_there_is_an_end_to_facts(member: User) -> None:
    for number in range(MOST_FACTS):
        pin(member, f"fact {number}")
    with pytest.raises(FactsFullError):
        pin(member, "one more")


def test_a_forgotten_fact_leaves_no_text_and_is_not_noticed_again(member: User) -> None:
    forget_fact(conversation=HERE, fact=pin(member, "Mei likes tea"))
    sum_up(20, facts=(Noticed(12, "Mei is fond of tea"), Noticed(13, "Bob is tall")))
    assert told() == ["Bob is tall"]
    assert "tea" not in "".join(Fact.objects.values_list("text", flat=True))


def test_a_changed_message_takes_its_facts_along_and_they_do_not_come_back(member: User) -> None:
    pin(member, "Mei likes tea")
    forget_message(place="7", message=12)
    assert told() == []
    with changing(HERE):
        notice(HERE, [Noticed(12, "Mei likes tea")])
    assert told() == []


def test_a_changed_message_takes_along_the_summaries_that_cover_it() -> None:
    for until in (10, 20, 30):
        sum_up(until, f"Up to {until}.")
    forget_message(place="7", message=15)
    assert (recall(HERE).summary, recall(HERE).until) == ("Up to 10.", 10)


def test_a_message_after_the_summary_leaves_it_as_it_is() -> None:
    sum_up(10)
    forget_message(place="7", message=11)
    assert recall(HERE).until == 10


def test_a_summary_made_of_a_message_that_changed_meanwhile_is_not_kept() -> None:
    revision = revision_of(HERE)
    forget_message(place="7", message=5)
    assert not keep_step(HERE, Step(10, "Old news."), revision=revision)
    assert recall(HERE).summary == ""


def test_a_corrected_summary_is_recalled() -> None:
    sum_up(10)
    rewrite_summary(conversation=HERE, text="They met in Tainan.")
    assert recall(HERE).summary == "They met in Tainan."
    with pytest.raises(SummaryInvalidError):
        rewrite_summary(conversation=HERE, text="a" * 1_001)


def test_a_deleted_summary_does_not_bring_back_what_it_covered() -> None:
    sum_up(10)
    rewrite_summary(conversation=HERE, text="")
    assert (recall(HERE).summary, recall(HERE).until) == ("", 10)


def test_clearing_forgets_everything_up_to_now(member: User) -> None:
    pin(member, "Mei likes tea")
    sum_up(10)
    clear_memory(conversation=HERE, until=25)
    known = recall(HERE)
    assert (known.facts, known.summary, known.until) == ((), "", 25)


def test_a_place_that_is_gone_leaves_no_trace(member: User) -> None:
    pin(member, "Mei likes tea")
    sum_up(10)
    pin(member, "Bob is tall", conversation=ELSEWHERE)
    forget_conversations(place="7")
    assert not Summary.objects.exists()
    assert [memory.conversation for memory in Memory.objects.all()] == [ELSEWHERE]
    assert told(ELSEWHERE) == ["Bob is tall"]


def test_what_is_recalled_is_the_same_without_its_copy(member: User) -> None:
    pin(member, "Mei likes tea")
    sum_up(10)
    before = recall(HERE)
    assert store.load(HERE, store.KeptRecall) is not None
    store.drop("7")
    assert recall(HERE) == before
