"""What every backend promises (`tests/ai/test_backends.py`), kept by a real vLLM server."""

import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from ai.api import describe_server
from ai.backends.base import ChatMessage, Order, Text
from ai.backends.vllm import Vllm
from ai.errors import ModelFailedError, ModelMissingError, StopEmptyError
from ai.parameters import Parameters, read_values
from ai.types import Found, Tool, Turn
from echomind.stack.vllm_server import VllmServer
from tests.live.waiting import until
from tests.vllm.adapter import ADAPTER
from tests.vllm.conftest import MODEL
from tests.vllm.orders import COUNT, answer, order
from tests.vllm.train_adapter import ANSWER

pytestmark = pytest.mark.timeout(1800)  # the first of them waits for the server

FREED_WITHIN_S = 10
BEGUN = "One, two, three,"
FRUIT = "Name one fruit. Answer in one short sentence."


async def test_the_server_is_found_and_describes_itself(vllm: Vllm) -> None:
    description = await describe_server()
    assert description.ready
    assert (description.backend, description.model) == ("vllm", MODEL)
    assert description.version.startswith("0.")
    assert description.context_tokens == 4096


async def test_the_last_part_ends_the_answer_and_counts_it(vllm: Vllm) -> None:
    text, end = await answer(vllm, order(FRUIT, max_tokens=64))
    assert text.strip()
    assert end.reason == "stop"
    assert end.prompt_tokens > 10
    assert 1 < end.completion_tokens < 64


async def test_the_length_limit_ends_the_answer(vllm: Vllm) -> None:
    _, end = await answer(vllm, order(COUNT, max_tokens=16))
    assert (end.reason, end.completion_tokens) == ("length", 16)


async def test_text_comes_while_it_is_written(vllm: Vllm) -> None:
    parts = [part async for part in vllm.generate(order(COUNT, max_tokens=16))]
    assert sum(isinstance(part, Text) for part in parts) > 8


async def test_the_odds_of_the_first_word_are_told(vllm: Vllm) -> None:
    asked = ChatMessage("user", "Is the sun hot? Reply yes or no.")
    words = await vllm.first_words([asked]) or await vllm.first_words([asked])  # the first compiles
    assert words
    assert max(words, key=lambda word: words[word]) in ("yes", "no")
    assert 0.5 < sum(words.values()) <= 1.001


async def test_a_stop_string_ends_the_answer_before_itself(vllm: Vllm) -> None:
    wanted = order("Name the days of the week.", max_tokens=64, top_k=1, stop=("Wednesday",))
    text, end = await answer(vllm, wanted)
    assert "Tuesday" in text
    assert "Wednesday" not in text
    assert end.reason == "stop"


async def test_closing_the_answer_frees_the_server(vllm: Vllm, vllm_server: VllmServer) -> None:
    async with aclosing(vllm.generate(order(COUNT, max_tokens=2000))) as parts:
        async for part in parts:
            if isinstance(part, Text):
                break
        assert running(vllm_server) == 1
    await until(lambda: _is_idle(vllm_server), within=FREED_WITHIN_S)


async def test_the_same_seed_writes_the_same_text_and_another_one_does_not(vllm: Vllm) -> None:
    wanted = {"temperature": 1.5, "top_p": 1.0, "top_k": 0, "max_tokens": 32}
    first, again, other = [
        (await answer(vllm, order("Invent a word.", seed=seed, **wanted)))[0] for seed in (7, 7, 8)
    ]
    assert first == again != other


@pytest.mark.parametrize("narrow", [{"top_k": 1}, {"top_p": 0.1}, {"temperature": 0.1}])
async def test_what_narrows_the_choice_reaches_the_server(
    vllm: Vllm, narrow: dict[str, float]
) -> None:
    wide = {"temperature": 1.5, "top_p": 1.0, "top_k": 0, "repetition_penalty": 1.0}
    question = "What is the capital of France? One word."
    texts = [
        (await answer(vllm, order(question, max_tokens=16, seed=seed, **{**wide, **narrow})))[0]
        for seed in range(3)
    ]
    assert len(set(texts)) == 1


async def test_the_repetition_penalty_reaches_the_server(vllm: Vllm) -> None:
    question = "Write the word sea twenty times."
    plain, penalised = [
        (await answer(vllm, order(question, top_k=1, repetition_penalty=penalty)))[0]
        for penalty in (1.0, 2.0)
    ]
    assert plain != penalised  # both take the likeliest word each time


async def test_an_adapter_is_chosen_by_its_name(vllm: Vllm) -> None:
    with_it, _ = await answer(vllm, order(FRUIT, adapter=ADAPTER, top_k=1))
    without, _ = await answer(vllm, order(FRUIT, top_k=1))
    assert with_it == ANSWER
    assert ANSWER not in without


async def test_an_adapter_that_nobody_loaded_fails_by_name(vllm: Vllm) -> None:
    with pytest.raises(ModelMissingError):
        await answer(vllm, order(FRUIT, adapter="nobody"))


async def test_mirostat_is_told_to_be_missing_and_is_not_sent(vllm: Vllm) -> None:
    wanted = order(FRUIT, mirostat=2, repeat_last_n=32)
    body = await vllm._request_body(wanted, extras={})
    assert not {name for name in body["extra_body"] if name.startswith(("mirostat", "repeat_l"))}
    assert "mirostat" not in vllm.capabilities.parameters
    text, _ = await answer(vllm, wanted)
    assert text


async def test_an_empty_stop_is_refused_by_us_and_by_the_server(vllm: Vllm) -> None:
    with pytest.raises(StopEmptyError):
        read_values({"stop": [""]})
    with pytest.raises(ModelFailedError):
        await answer(vllm, order(FRUIT, stop=("",)))


async def test_the_beginning_of_a_conversation_is_not_read_again(vllm: Vllm) -> None:
    long = "Please remember these words. " + " ".join(f"word{n}" for n in range(150))
    said = (ChatMessage("user", long), ChatMessage("assistant", "I do."))
    usages = []
    for question in ("Name the first.", "Name the last."):
        messages = (*said, ChatMessage("user", question))
        _, end = await answer(vllm, Order("room:sage", messages, Parameters(max_tokens=16), "t"))
        usages.append(end)
    assert usages[1].cached_tokens > 0.8 * usages[1].prompt_tokens


async def test_the_count_of_a_prompt_is_the_servers_own(vllm: Vllm) -> None:
    for wanted in (order(FRUIT), order("請介紹台灣的夜市。", adapter=ADAPTER)):
        _, end = await answer(vllm, wanted)
        assert await vllm.count_tokens(wanted) == end.prompt_tokens


async def test_an_answer_that_was_cut_goes_on(vllm: Vllm) -> None:
    said = (ChatMessage("user", "Count from one to ten in words."), ChatMessage("assistant", BEGUN))
    greedy = Parameters(max_tokens=16, top_k=1, repetition_penalty=1.0)
    text, _ = await answer(vllm, Order("room:sage", said, greedy, "trace"))
    assert "four" in text.lower()
    assert "one" not in text.lower()


async def test_tools_may_be_offered(vllm: Vllm) -> None:
    tool = Tool(
        "site_data", "Counts messages.", {"type": "object", "properties": {}}, _count, _hears
    )
    _, end = await answer(vllm, replace(order(FRUIT), tools=(tool,)))
    assert end.completion_tokens > 0


async def _count(arguments: Mapping[str, Any]) -> Found:
    return Found("3", count=3)


async def _hears(turns: Sequence[Turn]) -> None:
    """No rule finds this tool."""


def running(server: VllmServer) -> int:
    """How many answers the server writes right now, by its own count."""
    with urllib.request.urlopen(server.url.replace("/v1", "/metrics"), timeout=5) as metrics:
        lines = metrics.read().decode().splitlines()
    counts = [line for line in lines if line.startswith("vllm:num_requests_running{")]
    return int(sum(float(line.rpartition(" ")[2]) for line in counts))


async def _is_idle(server: VllmServer) -> bool:
    return running(server) == 0
