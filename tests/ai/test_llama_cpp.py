"""The real 0.5B model through llama.cpp: what a conversation costs, and what a stop frees."""

import re
from contextlib import aclosing
from dataclasses import replace
from itertools import pairwise

import pytest
from pytest_django import Settings

from ai.api import brief_again, describe_server, stream_reply
from ai.backends.base import ServerSettings
from ai.backends.llama_cpp import LlamaCpp
from ai.backends.metrics import read_work
from ai.backends.registry import backend_for
from ai.routing import site_route
from ai.types import Asked, Reading, ReplyRequest, Usage
from echomind.stack.llm_server import LlmServer
from tests.ai.conversations import answered, asked, request_of
from tests.ai.listening import told_reply, until_text, whole_reply
from tests.live.waiting import until

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

FREED_WITHIN_S = 3  # a second on idle cores; reading the long question to its end takes five
LONG_QUESTION = "Please remember these words. " + " ".join(f"word{n}" for n in range(150))


async def test_the_server_is_found_and_describes_itself(llama: LlmServer) -> None:
    description = await describe_server()
    assert description.ready
    assert description.backend == "llama_cpp"
    assert description.model == "qwen2.5-coder-0.5b"
    assert description.slots == llama.settings.slots
    assert description.context_tokens == llama.settings.context // llama.settings.slots


async def test_the_second_turn_reads_only_what_is_new(llama: LlmServer, settings: Settings) -> None:
    turns = [asked("Name one fruit. Answer in one short sentence.")]
    text, first = await whole_reply(request_of(*turns, max_tokens=24))
    assert text.strip()
    assert first.usage.first_token_ms > 0
    turns += [answered(text), asked("Name another one.")]
    _, second = await whole_reply(request_of(*turns, max_tokens=24))
    assert _read(second.usage) <= 20
    assert second.usage.cached_tokens >= first.usage.prompt_tokens


async def test_a_long_conversation_with_cuts_is_hardly_read_again(
    llama: LlmServer, settings: Settings
) -> None:
    settings.PROMPT_TOKEN_BUDGET = 400
    turns, usages, new = [], [], []
    for number in range(12):
        turns.append(asked(f"{number}. " + " ".join(f"red{number} blue{n}" for n in range(6))))
        text, end = await whole_reply(request_of(*turns, conversation="long:sage", max_tokens=8))
        turns.append(answered(text))
        usages.append(end.usage)
        new.append(_read(end.usage))
    assert any(later.prompt_tokens < earlier.prompt_tokens for earlier, later in pairwise(usages))
    each_turn = 60  # a question, a reply and the template around them
    assert sum(new[1:]) <= 1.1 * each_turn * len(new[1:])


async def test_stopping_while_it_writes_frees_the_slot(llama: LlmServer) -> None:
    async with aclosing(stream_reply(request_of(asked("Count from 1 to 500.")))) as events:
        assert await until_text(events)
        assert await _running() == 1
    await until(_is_idle, within=FREED_WITHIN_S)


async def test_stopping_while_it_reads_frees_the_slot(llama: LlmServer) -> None:
    async with aclosing(stream_reply(request_of(asked(LONG_QUESTION)))) as events:
        assert isinstance(await anext(events), Asked)
        assert await anext(events) == Reading()
    await until(_is_idle, within=FREED_WITHIN_S)


async def test_a_zh_hant_room_is_answered_in_traditional_chinese(
    llama: LlmServer, settings: Settings
) -> None:
    question = asked("请介绍台湾的软件工程师。")
    text, _ = await whole_reply(request_of(question, language="zh-hant", max_tokens=60))
    assert any("一" <= character <= "鿿" for character in text)
    assert not set(text) & set("这软术师为们个")


def _read(usage: Usage) -> int:
    return usage.prompt_tokens - usage.cached_tokens


async def _running() -> int:
    backend = await backend_for(site_route())
    assert isinstance(backend, LlamaCpp)
    return await backend.running()


async def _is_idle() -> bool:
    return await _running() == 0


async def test_the_server_counts_what_it_has_written(llama: LlmServer) -> None:
    server = ServerSettings(llama.url, api_key=llama.api_key)
    before = await read_work(server)
    _, end = await whole_reply(request_of(asked("Say one word."), max_tokens=8))
    after = await read_work(server)
    assert before is not None
    assert after is not None
    assert after.tokens_written - before.tokens_written == end.usage.completion_tokens


async def test_an_answer_cut_short_is_gone_on_from_in_the_middle(llama: LlmServer) -> None:
    question = asked("Count from 1 to 20 with commas. Write only the numbers.")
    begun, end = await whole_reply(_with_seed_of_its_own(request_of(question, max_tokens=16)))
    assert end.reason == "length"
    rest, _ = await whole_reply(replace(request_of(question, max_tokens=64), written=begun))
    numbers = [int(number) for number in re.findall(r"\d+", begun + rest)]
    assert len(numbers) > 8
    assert numbers == list(range(1, len(numbers) + 1))


async def test_run_again_exactly_the_model_writes_the_same_text(llama: LlmServer) -> None:
    turns = [asked("Invent a name for a cat and tell what it likes.")]
    text, _ = await whole_reply(request_of(*turns, max_tokens=32))
    turns += [answered(text), asked("Tell a story about it.")]
    first, told = await told_reply(_with_seed_of_its_own(request_of(*turns, max_tokens=64)))
    await whole_reply(request_of(asked("Something else."), max_tokens=8))
    again, told_again = await told_reply(_once_more(request_of(*turns), told))
    assert again == first
    assert told_again.passport == told.passport


async def test_run_again_beside_another_answer_it_writes_the_same_text(llama: LlmServer) -> None:
    request = _with_seed_of_its_own(request_of(asked("Tell a story about a cat."), max_tokens=48))
    first, told = await told_reply(request)
    other = request_of(asked("Count from 1 to 500."), conversation="other:sage")
    async with aclosing(stream_reply(other)) as events:
        assert await until_text(events)
        again, _ = await told_reply(_once_more(request, told))
        assert await until_text(events)
    assert again == first


def _with_seed_of_its_own(request: ReplyRequest) -> ReplyRequest:
    parameters = replace(request.brief.parameters, seed=11)
    return replace(request, brief=replace(request.brief, parameters=parameters))


def _once_more(request: ReplyRequest, told: Asked) -> ReplyRequest:
    again = brief_again(told.passport)
    return replace(request, prompt=told.prompt, brief=again, once_told=told.passport)
