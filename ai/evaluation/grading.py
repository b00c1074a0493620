"""Grades answers by what they cite. Whether the words are true, a reader has to see."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ai.evaluation.answers import GivenAnswer

# How a model says that the documents hold no answer. A list of words errs on both sides: so the
# command shows the answers too.
_DECLINES = re.compile(
    r"沒有(?:提|找|這|相關|關於|答案|資料|資訊|記載|說明|提供|包含|寫)|並?未(?:提|包含|說明|記載)"
    r"|(?:文件|檔案|資料|段落)[裡中內]?(?:並?沒有|不包含)|(?:無法|不能)(?:回答|提供|得知|確定|確認|從)|找不到|查不到|不知道"
    r"|\b(?:do(?:es)? not|don't|doesn't|did not|no|cannot|can't|unable|not) "
    r"(?:\w+ ){0,3}?(?:contain|hold|mention|answer|include|provide|say|information|find|know|specify)"
    r"|ありません|わかりません|分かりません|見つかりません|記載(?:が|は)な|載っていません|書かれていません|含まれていません"
    r"|없습니다|없어요|없음|모릅니다|알 수 없|찾을 수 없|나와 있지 않",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many answers."""

    count: int
    of: int


def declines(answer: GivenAnswer) -> bool:
    """Whether it says that there is no answer, and cites nothing."""
    return not answer.cited and _DECLINES.search(answer.text) is not None


def is_right(answer: GivenAnswer) -> bool:
    """Whether it cites a document that answers the question."""
    return not answer.question.relevant.isdisjoint(answer.cited)


def grade(answers: Iterable[GivenAnswer]) -> dict[str, Share]:
    """Shares by what they say, of the questions with an answer first, then of those without one."""
    given = list(answers)
    answered = [answer for answer in given if answer.question.relevant]
    unanswered = [answer for answer in given if not answer.question.relevant]
    citing = [answer for answer in answered if answer.cited]
    return {
        "answered: a right document was read": _share(answered, _read_right),
        "answered: a right document is cited": _share(answered, is_right),
        "answered, with citations: all are right": _share(citing, _only_right),
        "answered: declined": _share(answered, declines),
        "unanswered: declined": _share(unanswered, declines),
        "unanswered: something is cited": _share(unanswered, lambda answer: bool(answer.cited)),
    }


def _share(answers: Sequence[GivenAnswer], holds: Callable[[GivenAnswer], bool]) -> Share:
    return Share(sum(map(holds, answers)), len(answers))


def _read_right(answer: GivenAnswer) -> bool:
    return not answer.question.relevant.isdisjoint(answer.read)


def _only_right(answer: GivenAnswer) -> bool:
    return answer.question.relevant.issuperset(answer.cited)
