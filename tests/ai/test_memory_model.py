"""Memory with the real 0.5B model: its own count of tokens, its notes, and a corrected fact."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from ai.api import context_use
from ai.memory import store
from ai.memory.counting import measured
from ai.memory.summaries import next_step, read_ahead
from ai.orders import desk_of
from ai.routing import site_route
from ai.types import KnownFact, Recall, ReplyRequest, Turn
from echomind.stack.llm_server import LlmServer
from tests.ai.conversations import answered, asked, request_of
from tests.ai.listening import whole_reply

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

TEXTS = (
    "你是聊天室裡的助理。",
    "The quick brown fox",
    "昨日の夜",
    "어제 저녁에",
    "🎉 def f(x):",
    "<|im_end|>",
)


@pytest.fixture(autouse=True)
def _no_copies() -> Iterator[None]:
    yield
    store.drop("room")


async def test_the_count_equals_what_the_server_reads(llama: LlmServer) -> None:
    turns = [
        asked("My cat is called Momo. 她三歲了。🐈"),
        answered("太好了！"),
        asked("What is her name?"),
    ]
    request = request_of(*turns, max_tokens=8)
    use = await context_use(request)
    _, end = await whole_reply(request)
    assert use.is_exact
    assert use.tokens == end.usage.prompt_tokens


async def test_each_text_is_counted_once_and_as_the_server_does(llama: LlmServer) -> None:
    desk = await desk_of(site_route())
    sizes = await measured(desk.backend, conversation="room:a", model="m", texts=TEXTS)
    counted = await desk.backend.count_texts(TEXTS)
    assert [sizes(text) for text in TEXTS] == counted
    kept = store.load("room:a", store.KeptSizes)
    assert kept is not None
    assert sorted(kept.sizes.values()) == sorted(counted or [])


async def test_the_next_answer_uses_a_corrected_fact(llama: LlmServer) -> None:
    question = asked("What is the name of my cat? Answer with the name only.")
    for name in ("Momo", "Pixel"):
        known = Recall(facts=(KnownFact(1, f"Mei's cat is called {name}."),))
        text, _ = await whole_reply(replace(request_of(question, max_tokens=16), recall=known))
        assert name in text


async def test_a_full_window_is_summed_up_and_read_ahead(
    llama: LlmServer, settings: Settings
) -> None:
    settings.PROMPT_TOKEN_BUDGET = 500
    request = crowded()
    assert await next_step(replace(request, turns=request.turns[-3:])) is None
    step = await next_step(request)
    assert step is not None
    assert step.summary
    assert request.turns[0].message <= step.until < request.turns[-1].message
    known = Recall(summary=step.summary, until=step.until)
    left = tuple(turn for turn in request.turns if turn.message > step.until)
    after = replace(request, recall=known, turns=left)
    await read_ahead(after)
    _, end = await whole_reply(after)
    assert end.usage.prompt_tokens - end.usage.cached_tokens <= 32


async def test_notes_in_a_zh_hant_room_are_traditional(
    llama: LlmServer, settings: Settings
) -> None:
    settings.PROMPT_TOKEN_BUDGET = 500
    said = "我叫小美，我在台南做软件工程师，周末喜欢去看电影，也喜欢研究数据库和网络。"
    turns = [Turn("user", "小美", f"{number}. {said}", number) for number in range(1, 15)]
    step = await next_step(request_of(*turns, language="zh-hant"))
    assert step is not None
    assert not set(step.summary) & set("这软师们个电数据库")


def crowded() -> ReplyRequest:
    """A conversation that a window of 500 tokens cannot hold."""
    said = "Mei tells a long story about her cat Momo and the sea at Hualien, and about tea."
    turns = []
    for number in range(1, 25, 2):
        turns.append(replace(asked(f"{number}. {said}"), message=number))
        turns.append(replace(answered("I see. Do go on, please."), message=number + 1))
    turns.append(replace(asked("So?"), message=25))
    return request_of(*turns, conversation="room:sage", max_tokens=16)
