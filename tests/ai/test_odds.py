"""What a model's odds of yes and no make of two passages, where it hesitates over the first one."""

from collections.abc import Mapping, Sequence

import pytest

from ai.backends.base import ChatMessage, ServerSettings
from ai.backends.scripted import Scripted
from ai.routing import site_route
from ai.tools import exam, judging
from ai.types import Route
from tests.ai.passages import passage


class Hesitant(Scripted):
    """Is sure of what holds “177” alone."""

    def __init__(self, yes: float, no: float) -> None:
        super().__init__(ServerSettings(""))
        self.of_others = {"yes": yes, "no": no}

    async def first_words(self, messages: Sequence[ChatMessage]) -> Mapping[str, float]:
        return {"yes": 0.9, "no": 0.1} if "177" in messages[-1].content else self.of_others


@pytest.mark.parametrize(
    ("yes", "no", "chunks", "is_sure"),
    [
        (0.85, 0.15, [6, 7], True),
        (0.70, 0.30, [7], True),  # far below the better one
        (0.02, 0.01, [6, 7], False),  # it would say something else: it cannot judge
    ],
)
async def test_what_is_read_hangs_on_the_odds(
    monkeypatch: pytest.MonkeyPatch, yes: float, no: float, chunks: list[int], *, is_sure: bool
) -> None:
    async def backend_for(_route: Route) -> Scripted:
        return Hesitant(yes, no)

    monkeypatch.setattr(exam, "QUESTIONS", ())
    monkeypatch.setattr(judging, "backend_for", backend_for)
    pair = [passage(6, "It is 149.6 mm high."), passage(7, "It weighs 177 g.")]
    judge = judging.Judge([site_route()])
    judged = await judging.those_that_answer("How heavy is it?", pair, judge=judge)
    assert ([one.chunk for one in judged.passages], judged.is_sure) == (chunks, is_sure)
