"""A reply through a model server that speaks over HTTP, well and badly."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest
from pytest_django import Settings

from ai.api import stream_reply
from ai.errors import ModelFailedError, ModelSilentError, ModelUnavailableError
from ai.types import Asked, Reading, ReplyEvent, TextPiece
from tests.ai.conversations import answered, asked, request_of
from tests.ai.listening import text_of, until_text, whole_reply
from tests.fakes.model_server import ModelServer
from tests.live.waiting import until

HELLO = request_of(asked("hello"))


async def test_a_reply_arrives_whole_with_its_count(server: ModelServer) -> None:
    server.set_script(text="Hello 👋🏽! 你好,世界。", tokens_per_second=0)
    text, end = await whole_reply(HELLO)
    assert text == "Hello 👋🏽! 你好,世界。"
    assert end.reason == end.usage.finish == "stop"
    assert end.usage.model == "scripted"
    assert end.usage.completion_tokens > 5
    assert end.usage.prompt_tokens > 100
    assert 0 < end.usage.first_token_ms <= end.usage.total_ms


async def test_reading_is_told_before_the_first_text(server: ModelServer) -> None:
    server.set_script(silence_s=0.05)
    events = [event async for event in stream_reply(HELLO)]
    assert isinstance(events[0], Asked)
    assert events[1] == Reading()
    assert events.count(Reading()) == 1


async def test_an_answer_at_its_length_limit_says_so(
    server: ModelServer, settings: Settings
) -> None:
    server.set_script(text="一二三四五六", tokens_per_second=0)
    text, end = await whole_reply(request_of(asked("hello"), max_tokens=4))
    assert (text, end.reason) == ("一二三四", "length")


async def test_an_answer_ends_where_the_model_begins_to_speak_for_a_member(
    server: ModelServer,
) -> None:
    server.set_script(text="Tea.\n\n[阿宏] Coffee!", tokens_per_second=0)
    talk = request_of(asked("tea or coffee?", "阿宏"), asked("what would you say?"))
    text, end = await whole_reply(talk)
    assert (text.rstrip(), end.reason) == ("Tea.", "stop")


@pytest.mark.parametrize(
    ("room", "asker", "question", "read"),
    [
        ("en", "zh-hant", "Say “short of memory” in Chinese.", "記憶體不夠"),
        ("en", "en", "“short of memory” 的中文是什么?", "記憶體不夠"),
        ("en", "zh-hant", "日本語で書いてください", "内存不够"),
        ("en", "en", "Say “short of memory” in Chinese.", "内存不够"),
        ("ja", "zh-hant", "記憶體不夠怎麼辦?", "記憶體不夠"),
        ("ja", "ja", "東京駅", "内存不够"),
        ("ja", "zh-hant", "Say it in Japanese.", "内存不够"),
        ("en", "ja", "東京駅", "内存不够"),
        ("zh-hant", "ja", "東京の駅は?", "内存不够"),
        ("zh-hant", "ja", "東京駅", "記憶體不夠"),
        ("zh-hant", "zh-hant", "「の」是什麼?", "記憶體不夠"),
    ],
)
async def test_chinese_is_traditional_for_whoever_reads_or_asks_in_chinese(
    server: ModelServer, room: str, asker: str, question: str, read: str
) -> None:
    server.set_script(text="内存不够", tokens_per_second=0)
    request = replace(request_of(asked(question), language=room), asker_language=asker)
    text, _ = await whole_reply(request)
    assert text == read


async def test_a_zh_hant_room_reads_traditional_chinese(server: ModelServer) -> None:
    server.set_script(text="这个软件的内存不够。", tokens_per_second=0)
    text, _ = await whole_reply(request_of(asked("嗨"), language="zh-hant"))
    assert text == "這個軟體的記憶體不夠。"


async def test_other_rooms_read_what_the_model_wrote(server: ModelServer) -> None:
    server.set_script(text="学校の软件", tokens_per_second=0)
    text, _ = await whole_reply(request_of(asked("hi"), language="ja"))
    assert text == "学校の软件"


async def test_a_running_conversation_is_not_read_again(server: ModelServer) -> None:
    server.set_script(text="A short answer.", tokens_per_second=0)
    turns = []
    for number in range(6):
        turns.append(asked(f"question {number}"))
        text, end = await whole_reply(request_of(*turns))
        turns.append(answered(text))
        new = len(f"<user>[Mei] question {number}<assistant>")
        if number:
            read = end.usage.prompt_tokens - end.usage.cached_tokens
            assert read <= new


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ({"failure": "busy"}, ModelUnavailableError),
        ({"failure": "error"}, ModelFailedError),
        ({"failure": "garbage"}, ModelFailedError),
        ({"failure": "cut"}, ModelFailedError),
        ({"failure": "cut_utf8"}, ModelFailedError),
        ({"text": " "}, ModelFailedError),
    ],
)
async def test_a_broken_server_is_a_named_failure(
    server: ModelServer, script: dict[str, Any], error: type[Exception]
) -> None:
    server.set_script(**script)
    with pytest.raises(error):
        await whole_reply(HELLO)


@pytest.mark.parametrize("failure", ["garbage", "cut", "cut_utf8"])
async def test_the_text_before_a_break_arrives_unharmed(server: ModelServer, failure: str) -> None:
    server.set_script(text="你好世界", tokens_per_second=0, failure=failure, failure_after=3)
    events: list[ReplyEvent] = []

    async def listen() -> None:
        async for event in stream_reply(HELLO):
            events.append(event)  # noqa: PERF401  (kept although the loop raises)

    with pytest.raises(ModelFailedError):
        await listen()
    assert text_of(events) == "你好世"


async def test_no_server_is_told_at_once(settings: Settings, unused_tcp_port: int) -> None:
    settings.LLM_BACKEND = "auto"
    settings.LLM_BASE_URL = f"http://127.0.0.1:{unused_tcp_port}/v1"
    async with asyncio.timeout(3):
        with pytest.raises(ModelUnavailableError):
            await whole_reply(HELLO)


async def test_a_silent_server_is_given_up(server: ModelServer, settings: Settings) -> None:
    settings.FIRST_TOKEN_TIMEOUT_S = 0.2
    server.set_script(silence_s=60)
    aborted = server.stats()["aborted"]
    with pytest.raises(ModelSilentError):
        await whole_reply(HELLO)
    await _until_given_up(server, aborted + 1)


async def test_silence_within_the_limit_is_only_waiting(
    server: ModelServer, settings: Settings
) -> None:
    settings.FIRST_TOKEN_TIMEOUT_S = 10
    server.set_script(text="at last", silence_s=0.5)
    assert (await whole_reply(HELLO))[0] == "at last"


@pytest.mark.parametrize("tokens_per_second", [50, 0])
async def test_closing_the_reply_frees_the_server(
    server: ModelServer, settings: Settings, tokens_per_second: float
) -> None:
    server.set_script(text="on and on ", repeat=30_000, tokens_per_second=tokens_per_second)
    aborted = server.stats()["aborted"]
    async with aclosing(stream_reply(request_of(asked("hello"), max_tokens=1_000_000))) as events:
        assert await until_text(events)
    await _until_given_up(server, aborted + 1)
    assert server.stats()["running"] == 0


async def test_closing_while_the_prompt_is_read_frees_the_server(server: ModelServer) -> None:
    server.set_script(silence_s=60)
    aborted = server.stats()["aborted"]
    async with aclosing(stream_reply(HELLO)) as events:
        assert isinstance(await anext(events), Asked)
        assert await anext(events) == Reading()
    await _until_given_up(server, aborted + 1)


async def test_cancelling_the_task_frees_the_server(server: ModelServer) -> None:
    server.set_script(silence_s=60)
    before = server.stats()
    listening = asyncio.create_task(whole_reply(HELLO))
    await until(lambda: _is(server, "started", before["started"] + 1))
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await _until_given_up(server, before["aborted"] + 1)


def test_replies_in_one_event_loop_after_another_work_alike(server: ModelServer) -> None:
    server.set_script(text="fine", tokens_per_second=0)
    assert [asyncio.run(whole_reply(HELLO))[0] for _ in range(3)] == ["fine"] * 3


async def test_pieces_are_fewer_than_tokens(server: ModelServer) -> None:
    server.set_script(text="word ", repeat=200, tokens_per_second=1000)
    request = request_of(asked("hello"), max_tokens=2048)
    events = [event async for event in stream_reply(request)]
    pieces = [event for event in events if isinstance(event, TextPiece)]
    assert len(pieces) < 100
    assert text_of(events) == "word " * 200


async def _until_given_up(server: ModelServer, count: int) -> None:
    await until(lambda: _is(server, "aborted", count), within=1)


async def _is(server: ModelServer, name: str, count: int) -> bool:
    return server.stats()[name] >= count
