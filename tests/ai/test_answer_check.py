"""What counts as a right citation and as declining, and an answer that is asked for and kept."""

from collections.abc import Sequence

import pytest

from ai.evaluation.answers import GivenAnswer, answer_to
from ai.evaluation.grading import declines, grade
from ai.types import Brief, Route, ServerKind
from rag.types import Passage, Question

ASKED = Question("how heavy is it?", frozenset({"weight", "size"}), language="en")
IN_VAIN = Question("who won the cup?", frozenset(), language="en")


def _given(question: Question, text: str = "177 grams.", *cited: str) -> GivenAnswer:
    return GivenAnswer(question, text, read=cited or ("weight",), cited=cited, seconds=1.0)


@pytest.mark.parametrize(
    "text",
    [
        "文件裡沒有這個問題的答案。",
        "檔案裡沒有。",
        "很抱歉，文件中並未提到這件事。",
        "The documents do not hold the answer.",
        "There is no information about that.",
        "文書にはその記載がありません。",
        "문서에 답이 없습니다.",
    ],
)
def test_saying_that_there_is_no_answer_is_declining(text: str) -> None:
    assert declines(_given(IN_VAIN, text))


def test_an_answer_with_a_citation_does_not_decline() -> None:
    assert not declines(_given(IN_VAIN, "The documents do not say, but [1].", "weight"))
    assert not declines(_given(IN_VAIN, "It weighs 177 grams."))


def test_shares_are_of_the_questions_that_they_are_about() -> None:
    shares = grade(
        [
            _given(ASKED, "177 grams [1].", "weight"),
            _given(ASKED, "177 grams [1], in blue [2].", "weight", "colours"),
            _given(ASKED, "No idea."),
            _given(IN_VAIN, "The documents do not say."),
            _given(IN_VAIN, "In blue [1].", "colours"),
        ]
    )
    assert {name: (share.count, share.of) for name, share in shares.items()} == {
        "answered: a right document was read": (3, 3),
        "answered: a right document is cited": (2, 3),
        "answered, with citations: all are right": (1, 2),
        "answered: declined": (0, 3),
        "unanswered: declined": (1, 2),
        "unanswered: something is cited": (1, 2),
    }


async def test_an_answer_keeps_what_was_read_and_cited(settings: object) -> None:
    route = Route(base_url="http://127.0.0.1:9/v1", kind=ServerKind.SCRIPTED)
    settings.LLM_SCRIPT = '{"text": "It weighs 177 grams [1].", "tokens_per_second": 0}'  # type: ignore[attr-defined]

    async def find(query: str, most: int) -> Sequence[Passage]:
        assert query == ASKED.query
        return [Passage(1, 1, "weight", "", 1, "It weighs 177 grams.", 0, 20, 0.9, 6)]

    given = await answer_to(ASKED, find=find, brief=Brief(routes=(route,)), assistant="sage")
    assert (given.read, given.cited) == (("weight",), ("weight",))
    assert given.text == "It weighs 177 grams [1]."
