"""Measures of rankings, their intervals, and what scores say about questions without an answer."""

import pytest

from rag.evaluation.abstention import separation
from rag.evaluation.measures import MEASURES
from rag.evaluation.resampling import mean_of, ratio_of
from rag.evaluation.searches import Answer, StageAnswer
from rag.evaluation.summary import by_group, separations, summarise
from rag.types import Question


@pytest.mark.parametrize(
    ("ranking", "relevant", "expected"),
    [
        ("abc", "a", {"recall@1": 1, "recall@5": 1, "MRR@10": 1, "nDCG@10": 1}),
        ("xya", "a", {"recall@1": 0, "recall@5": 1, "MRR@10": 1 / 3, "nDCG@10": 0.5}),
        ("axb", "ab", {"recall@1": 1, "recall@5": 1, "MRR@10": 1, "nDCG@10": 1.5 / 1.6309}),
        ("xyzuva", "a", {"recall@5": 0, "recall@10": 1, "MRR@10": 1 / 6}),
        ("0123456789a", "a", {"recall@10": 0, "MRR@10": 0, "nDCG@10": 0}),
        ("", "a", {"recall@10": 0, "MRR@10": 0, "nDCG@10": 0}),
    ],
)
def test_measures_are_those_worked_out_by_hand(
    ranking: str, relevant: str, expected: dict[str, float]
) -> None:
    found = {name: MEASURES[name](list(ranking), set(relevant)) for name in expected}
    assert found == pytest.approx(expected, abs=1e-4)


def test_an_interval_holds_its_figure_and_narrows_with_more_questions() -> None:
    few, many = mean_of([0.0, 1.0] * 10), mean_of([0.0, 1.0] * 1000)
    assert few.value == many.value == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high


def test_a_ratio_compares_question_by_question() -> None:
    floor = [0.2, 0.4, 0.8, 1.0] * 10
    same = ratio_of([score * 0.5 for score in floor], floor)
    assert (same.value, same.low, same.high) == pytest.approx((0.5, 0.5, 0.5))


def test_a_threshold_keeps_the_answered_and_declines_the_others() -> None:
    apart = separation([0.8, 0.9, 0.7], [0.1, 0.6])
    assert (apart.auc, apart.threshold, apart.kept, apart.declined) == (1, 0.7, 1, 1)
    mixed = separation([0.5, 0.5], [0.5, 0.5])
    assert (mixed.auc, mixed.kept + mixed.declined) == (0.5, 1)


def _answer(dense: str, joined: str, score: float = 1.0) -> Answer:
    return {
        "dense": StageAnswer(list(dense), score, took_ms=1.0),
        "joined": StageAnswer(list(joined), score, took_ms=3.0),
    }


def test_stages_are_compared_over_answered_questions_alone() -> None:
    first = Question(query="?", relevant=frozenset("a"), language="en")
    second = Question(query="?", relevant=frozenset("b"), language="ja")
    without = Question(query="?", relevant=frozenset())
    asked = [
        (first, _answer("xya", "axy", 0.9)),
        (second, _answer("xyb", "xyb", 0.8)),
        (without, _answer("abc", "abc", 0.3)),
    ]
    stages = summarise(asked)
    assert stages["dense"].measures["nDCG@10"].value == pytest.approx(0.5)
    assert stages["joined"].against_floor.value == pytest.approx(1.5)
    assert stages["joined"].median_ms == 3
    groups = by_group(asked, "language")
    assert {name: count for name, (count, _) in groups.items()} == {"en": 1, "ja": 1}
    assert groups["en"][1]["joined"].value == 1
    assert separations(asked)["dense"].auc == 1
    assert separations(asked[:2]) == {}
