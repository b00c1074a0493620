"""What the answers to many questions come to: figures by stage and by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from rag.evaluation.abstention import Separation, separation
from rag.evaluation.measures import MEASURES
from rag.evaluation.resampling import Interval, mean_of, ratio_of
from rag.evaluation.searches import Answer, StageAnswer
from rag.types import Question

FLOOR = "dense"  # the stage that the others are compared with
COMPARED = "nDCG@10"
NOTHING = StageAnswer(ranking=(), best_score=0.0, took_ms=0.0)  # of a stage that was left out

Asked = Sequence[tuple[Question, Answer]]


@dataclass(frozen=True, slots=True)
class StageSummary:
    """One stage: its measures, its nDCG divided by that of dense search, and its median time."""

    measures: Mapping[str, Interval]
    against_floor: Interval
    median_ms: float


def summarise(asked: Asked) -> dict[str, StageSummary]:
    """Figures of each stage over the questions that have an answer."""
    answered = [pair for pair in asked if pair[0].relevant]
    floor = _scores(answered, FLOOR, COMPARED)
    return {
        stage: StageSummary(
            measures={name: mean_of(_scores(answered, stage, name)) for name in MEASURES},
            against_floor=ratio_of(_scores(answered, stage, COMPARED), floor),
            median_ms=median(_of(stage, answer).took_ms for _, answer in answered),
        )
        for stage in _stages(answered)
    }


def by_group(asked: Asked, field: str) -> dict[str, tuple[int, dict[str, Interval]]]:
    """For each value of `language` or `kind`: how many questions, and the nDCG of each stage."""
    groups: dict[str, list[tuple[Question, Answer]]] = {}
    for question, answer in asked:
        if question.relevant:
            groups.setdefault(getattr(question, field), []).append((question, answer))
    return {
        name: (
            len(group),
            {stage: mean_of(_scores(group, stage, COMPARED)) for stage in _stages(group)},
        )
        for name, group in groups.items()
    }


def separations(asked: Asked) -> dict[str, Separation]:
    """By stage, how well the best score tells answered from unanswered; empty if one is missing."""
    answered = [answer for question, answer in asked if question.relevant]
    unanswered = [answer for question, answer in asked if not question.relevant]
    if not answered or not unanswered:
        return {}
    return {
        stage: separation(
            [_of(stage, answer).best_score for answer in answered],
            [_of(stage, answer).best_score for answer in unanswered],
        )
        for stage in _stages(asked)
    }


def _stages(asked: Asked) -> list[str]:
    return list(dict.fromkeys(stage for _, answer in asked for stage in answer))


def _of(stage: str, answer: Answer) -> StageAnswer:
    return answer.get(stage, NOTHING)


def _scores(asked: Asked, stage: str, measure: str) -> list[float]:
    of = MEASURES[measure]
    return [of(_of(stage, answer).ranking, question.relevant) for question, answer in asked]
