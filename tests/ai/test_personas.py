"""The three figures at one table, with the real 0.5B model: each speaks, and for itself alone."""

import pytest

from ai.parameters import Parameters
from ai.personas import personas
from ai.prompts.marks import mark_forms
from ai.types import Brief, ReplyRequest, Turn
from echomind.stack.llm_server import LlmServer
from tests.ai.conversations import asked
from tests.ai.listening import whole_reply

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

FIGURES = personas()[1:]
QUESTION = asked("敵軍十萬來攻，我們該戰還是該和？", sender="小明")


async def test_each_of_three_answers_for_itself_alone(llama: LlmServer) -> None:
    said: list[Turn] = []
    for figure in FIGURES:
        others = tuple(other.name for other in FIGURES if other is not figure)
        turns = (QUESTION, *said, QUESTION) if said else (QUESTION,)
        request = ReplyRequest(
            conversation=f"table:{figure.username}",
            assistant=figure.username,
            assistant_name=figure.name,
            language="zh-hant",
            turns=turns,
            others=others,
            trace_id="trace",
            brief=Brief(
                parameters=Parameters(max_tokens=60, seed=1),
                instructions=figure.instructions["zh-hant"],
            ),
        )
        text, _ = await whole_reply(request)
        assert text.strip()
        foreign = {mark for name in (*others, "小明") for mark in mark_forms(name)}
        assert not [mark for mark in foreign if text.lstrip().startswith(mark)]
        assert not [mark for mark in foreign if f"\n{mark}" in text]
        said.append(Turn("user", figure.name, text))
