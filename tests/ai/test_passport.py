"""What a reply's passport tells of it, and how a prompt ends whose answer has begun already."""

from dataclasses import replace

import pytest

from ai.api import brief_again, stream_reply
from ai.passport import digest_of, fingerprint
from ai.types import Asked, KnownFact, Recall
from tests.ai.conversations import answered, asked, request_of
from tests.ai.listening import told_reply, whole_reply
from tests.fakes.model_server import ModelServer

HELLO = request_of(asked("Good morning"))


async def test_every_parameter_is_told_as_it_was_sent(server: ModelServer) -> None:
    _, told = await told_reply(request_of(asked("Good morning"), max_tokens=99))
    sent = server.requests()[-1]
    parameters = dict(told.passport["parameters"])
    assert parameters.pop("max_tokens") == sent["max_tokens"] == 99
    assert {name: sent[name] for name in parameters} == parameters
    assert told.passport["model"] == "scripted"


async def test_what_the_server_does_not_know_is_told_as_unsupported(server: ModelServer) -> None:
    _, told = await told_reply(HELLO)
    assert "repetition_penalty" in told.passport["unsupported"]
    assert "repetition_penalty" not in told.passport["parameters"]


async def test_without_a_wish_each_reply_has_a_seed_of_its_own(server: ModelServer) -> None:
    seeds = {(await told_reply(HELLO))[1].passport["parameters"]["seed"] for _ in range(2)}
    assert len(seeds) == 2


async def test_the_fingerprint_is_that_of_the_prompt(server: ModelServer) -> None:
    _, told = await told_reply(HELLO)
    _, same = await told_reply(HELLO)
    _, other = await told_reply(request_of(asked("Good evening")))
    digests = [asked.passport["prompt_sha256"] for asked in (told, same, other)]
    assert digests[0] == digests[1] == fingerprint(told.prompt) != digests[2]


async def test_the_memory_that_was_read_is_told_without_its_words(server: ModelServer) -> None:
    fact = KnownFact(3, "Mei is ten.", 5)
    recall = Recall(summary="They like tea.", until=7, facts=(fact,))
    _, told = await told_reply(replace(HELLO, recall=recall))
    assert told.passport["memory"] == {
        "summary_until": 7,
        "facts": [{"id": 3, "message": 5, "digest": digest_of(fact)}],
    }


async def test_a_fact_for_which_the_prompt_had_no_room_is_not_told(server: ModelServer) -> None:
    facts = tuple(KnownFact(id_, f"{id_}:" + " Mei likes long walks." * 10) for id_ in range(20))
    _, told = await told_reply(replace(HELLO, recall=Recall(facts=facts)))
    read = [fact["id"] for fact in told.passport["memory"]["facts"]]
    assert read == [fact.id for fact in facts if f"- {fact.text}" in told.prompt[0]["content"]]
    assert 0 < len(read) < len(facts)


async def test_the_end_tells_times_and_speed(server: ModelServer) -> None:
    server.set_script(text="word " * 20, tokens_per_second=100)
    _, end = await whole_reply(HELLO)
    assert end.passport["completion_tokens"] == end.usage.completion_tokens
    assert 50 < end.passport["tokens_per_second"] < 200


async def test_run_again_the_server_reads_the_same_once_more(server: ModelServer) -> None:
    request = request_of(asked("Good morning"), answered("Hello"), asked("And now?"))
    _, told = await told_reply(request)
    turns = (asked("Something else by now"),)
    again = replace(HELLO, turns=turns, prompt=told.prompt, brief=brief_again(told.passport))
    await told_reply(again)
    assert server.requests()[-1] == server.requests()[-2]


async def test_run_again_it_tells_the_memory_that_the_prompt_held(server: ModelServer) -> None:
    known = Recall(summary="They like tea.", until=7, facts=(KnownFact(3, "Mei is ten.", 5),))
    _, told = await told_reply(replace(HELLO, recall=known))
    corrected = Recall(facts=(KnownFact(3, "Mei is nine.", 5), KnownFact(4, "Bo sings.", 6)))
    again = replace(HELLO, recall=corrected, prompt=told.prompt, once_told=told.passport)
    _, once_more = await told_reply(again)
    assert once_more.passport["memory"] == told.passport["memory"]


async def test_run_again_it_tells_the_tools_whose_findings_the_prompt_holds(
    server: ModelServer,
) -> None:
    mood = request_of(asked("What is the mood of: I love this wonderful tea?"))
    mood = replace(mood, brief=replace(mood.brief, tools=("small_model",)))
    (told,) = [event async for event in stream_reply(mood) if isinstance(event, Asked)]
    _, again = await told_reply(replace(mood, prompt=told.prompt, once_told=told.passport))
    assert again.passport["tools"] == told.passport["tools"] != []


@pytest.mark.parametrize("written", ["Once upon", "[Sage] is a"])
async def test_the_beginning_of_an_answer_stands_last_in_its_prompt(
    server: ModelServer, written: str
) -> None:
    server.set_script(text=" a time.")
    text, _ = await whole_reply(replace(HELLO, written=written))
    assert server.requests()[-1]["messages"][-1] == {"role": "assistant", "content": written}
    assert text == " a time."
