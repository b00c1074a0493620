"""The real search model finds a passage, and the real 0.5B model answers from it with a number."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from ai.routing import routes_of
from ai.tools import documents_tool
from ai.types import Cited, ReplyRequest, ToolName
from echomind.stack.llm_server import LlmServer
from rag.embedding.registry import embedder
from rag.types import Passage
from tests.ai.conversations import asked, request_of
from tests.ai.listening import text_of
from tests.ai.passages import passage
from tests.ai.weather import heard

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

TEXTS = (
    "玉山湖畔圖書館週一到週五上午九點開門，晚上七點十五分關門，週末不開放。",
    "玉山湖畔圖書館的停車場有 48 個車位，前兩個小時免費。",
    "玉山湖畔圖書館一次可以借 12 本書，借期 21 天。",
)


async def find(query: str, most: int) -> Sequence[Passage]:
    """The nearest of the texts, by the real embedder."""
    model = embedder("e5_small")
    nearness = model.encode_document(TEXTS) @ model.encode_query(query)
    best = np.argsort(-nearness)
    return [passage(int(at) + 1, TEXTS[at], score=float(nearness[at])) for at in best[:most]]


def about_the_library(question: str, language: str) -> ReplyRequest:
    """A question to an assistant that has the texts."""
    conversation = f"documents:{language}"
    plain = request_of(asked(question), conversation=conversation, max_tokens=60, top_k=1)
    brief = replace(plain.brief, tools=(ToolName.SEARCH_DOCUMENTS,))
    tool = documents_tool(find, routes=routes_of(brief), language=language)
    return replace(plain, language=language, brief=brief, tools=(tool,))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("玉山湖畔圖書館一次可以借幾本書？", "zh-hant"),
        ("How many books can I borrow at once from the Yushan lake library?", "en"),
    ],
)
async def test_an_answer_says_what_the_passage_says_and_cites_it(
    llama: LlmServer, question: str, language: str
) -> None:
    events = await heard(about_the_library(question, language))
    assert "12" in text_of(events)
    cited = [event.citations for event in events if isinstance(event, Cited)]
    assert cited[-1][0].passage.chunk == 3
    assert "[1]" in text_of(events)
