"""Which passages a model is given to answer from: those that it says answer the question, by its odds."""

from dataclasses import replace

import pytest
from pytest_django import Settings

from ai.routing import site_route
from ai.tools import documents, exam, examine, judging, workbench
from ai.types import Asked, Cited, Finished, ReplyEvent, Route
from tests.ai.conversations import answered, asked
from tests.ai.listening import text_of
from tests.ai.passages import about_documents, passage
from tests.ai.weather import heard, uses_in, weather
from tests.fakes.model_server import ModelServer

SIZE = passage(6, "iPhone 17 高 149.6 公釐。")
WEIGHT = passage(7, "iPhone 17 重 177 公克。")
AIR = passage(8, "iPhone Air 重 165 公克，比 iPhone 17 輕。")
QUESTION = asked("iPhone 17 的重量是多少？")


def chunks_read(events: list[ReplyEvent]) -> list[int]:
    """The passages of the search, as ids."""
    (use,) = uses_in(events)
    return [one.chunk for one in use.passages]


async def test_only_what_answers_the_question_is_read(server: ModelServer) -> None:
    server.set_script(text="它重 177 公克[1]。", tokens_per_second=0, affirms=["177"])
    events = await heard(about_documents([SIZE, AIR, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == [7]
    ((citation,),) = [event.citations for event in events if isinstance(event, Cited)]
    assert citation.passage == WEIGHT


async def test_judging_ends_with_as_many_passages_as_are_read(
    server: ModelServer, settings: Settings
) -> None:
    settings.MOST_PASSAGES = 1
    server.set_script(text="好。", tokens_per_second=0, affirms=["177", "165"])
    events = await heard(about_documents([SIZE, AIR, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == [8]


async def test_as_many_are_judged_as_the_setting_says(
    server: ModelServer, settings: Settings
) -> None:
    settings.PASSAGES_JUDGED = 2
    server.set_script(text="好。", tokens_per_second=0, affirms=["177"])
    events = await heard(about_documents([SIZE, AIR, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == []
    settings.PASSAGES_JUDGED = 0
    events = await heard(about_documents([SIZE, AIR, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == [6, 8]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("iPhone 17 的重量是多少？", "文件裡沒有這個問題的答案。"),
        ("How heavy is the iPhone 17?", "The documents do not hold the answer to this."),
        ("iPhone 17の重さは？", "文書にこの質問の答えはありません。"),
        ("iPhone 17 무게는 얼마인가요?", "문서에 이 질문의 답이 없습니다."),
    ],
)
async def test_where_nothing_answers_that_is_said_and_no_model_is_asked(
    server: ModelServer, question: str, said: str
) -> None:
    server.set_script(text="它重 1 公斤。", tokens_per_second=0, affirms=[])
    before = server.stats()["started"]
    events = await heard(about_documents([SIZE, WEIGHT], asked(question), server=server))
    assert text_of(events) == said
    assert isinstance(events[-1], Finished)
    (told,) = [event for event in events if isinstance(event, Asked)]
    assert (told.prompt, told.passport["model"]) == ((), "")
    assert server.stats()["started"] == before


async def test_what_is_not_a_question_to_the_documents_is_answered(server: ModelServer) -> None:
    server.set_script(text="好的。", tokens_per_second=0, affirms=[])
    wish = asked("幫我寫一首關於櫻花與海的短詩，要有 iPhone 的影子。")
    events = await heard(about_documents([WEIGHT], wish, server=server))
    assert text_of(events) == "好的。"


async def test_an_assistant_that_is_not_bound_to_documents_answers_without_them(
    server: ModelServer,
) -> None:
    server.set_script(text="它重 177 公克。", tokens_per_second=0, affirms=[])
    request = about_documents([WEIGHT], QUESTION, server=server, is_bound=False)
    events = await heard(request)
    assert text_of(events) == "它重 177 公克。"
    assert server.requests()[-1]["messages"][-1]["content"].endswith("iPhone 17 的重量是多少？")


async def test_a_judge_that_takes_too_long_is_not_waited_for(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judging, "JUDGING_S", 0.05)
    server.set_script(text="好。", tokens_per_second=0, affirms=["177"], judging_s=5.0)
    events = await heard(about_documents([WEIGHT, SIZE], QUESTION, server=server))
    assert chunks_read(events) == [7, 6]


@pytest.mark.parametrize(("affirmed", "chunks"), [("177", [7]), ("149.6", [6])])
async def test_a_judge_who_came_to_some_passages_only_does_not_speak_for_the_others(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch, affirmed: str, chunks: list[int]
) -> None:
    monkeypatch.setattr(judging, "JUDGING_S", 0.7)
    server.set_script(text="好。", tokens_per_second=0, affirms=[affirmed], judging_s=0.4)
    events = await heard(about_documents([SIZE, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == chunks


async def test_what_another_tool_found_is_told_where_the_documents_are_silent(
    server: ModelServer,
) -> None:
    server.set_script(text="晴天。", tokens_per_second=0, affirms=[])
    silent = about_documents([WEIGHT], asked("台北的 weather 怎麼樣？會下雨嗎？"), server=server)
    brief = replace(silent.brief, tools=("weather", *silent.brief.tools))
    events = await heard(replace(silent, brief=brief, tools=(weather(), *silent.tools)))
    assert text_of(events) == "晴天。"
    assert '"sunny"' in server.requests()[-1]["messages"][-1]["content"]


async def test_an_answer_that_has_begun_is_gone_on_with_by_its_model(server: ModelServer) -> None:
    server.set_script(text=" 177 公克。", tokens_per_second=0, affirms=[])
    begun = replace(about_documents([WEIGHT], QUESTION, server=server), written="它重")
    assert text_of(await heard(begun)) == " 177 公克。"


async def test_a_short_question_is_judged_without_the_one_before_it(server: ModelServer) -> None:
    server.set_script(text="好。", tokens_per_second=0, affirms=["重量是多少"])
    turns = (QUESTION, answered("它重 177 公克。"), asked("富士山多高？"))
    events = await heard(about_documents([WEIGHT], *turns, server=server))
    assert text_of(events) == "文件裡沒有這個問題的答案。"


@pytest.mark.parametrize(
    "message", ["iPhone 17 的重量是多少？\n謝謝您！", "請問：\n\niPhone 17 的重量是多少？\r\n謝謝"]
)
async def test_a_question_of_several_lines_is_judged_as_a_whole(
    server: ModelServer, message: str
) -> None:
    server.set_script(text="它重 177 公克。", tokens_per_second=0, affirms=["重量是多少"])
    events = await heard(about_documents([WEIGHT], asked(message), server=server))
    assert chunks_read(events) == [7]


@pytest.mark.parametrize(("message", "searched"), [("美國價格", True), ("早安", False)])
async def test_whether_a_few_words_ask_for_something_is_for_the_model_to_say(
    server: ModelServer, message: str, *, searched: bool
) -> None:
    server.set_script(text="好。", tokens_per_second=0, affirms=["美國"])
    events = await heard(about_documents([WEIGHT], asked(message), server=server))
    assert bool(uses_in(events)) is searched


async def test_nothing_is_answered_beside_the_documents_where_a_fact_is_asked_for(
    server: ModelServer,
) -> None:
    server.set_script(text="很便宜。", tokens_per_second=0, affirms=["Message"])
    message = asked("電信業者最便宜的五百元資費方案推薦")
    events = await heard(about_documents([WEIGHT], message, server=server))
    assert text_of(events) == "文件裡沒有這個問題的答案。"


async def test_a_model_that_judges_badly_is_not_believed(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exam, "_passed", {})
    server.set_script(text="好。", tokens_per_second=0, affirms=[""])
    events = await heard(about_documents([SIZE, AIR, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == [6, 8]
    last = server.requests()[-1]["messages"][-1]["content"]
    assert "are all about something else" in last


async def test_a_model_is_examined_once(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: dict[tuple[str, str, str], int | None] = {}
    monkeypatch.setattr(exam, "_passed", passed)
    server.set_script(affirms=[])
    await examine(site_route())
    assert list(passed.values()) == [len(exam.QUESTIONS)]
    server.set_script(text="好。", tokens_per_second=0, affirms=["177", ""])  # it would fail now
    events = await heard(about_documents([SIZE, WEIGHT], QUESTION, server=server))
    assert chunks_read(events) == [6, 7]
    assert "something else" not in server.requests()[-1]["messages"][-1]["content"]


async def test_the_server_that_stands_in_judges_too(server: ModelServer) -> None:
    server.set_script(text="好。", tokens_per_second=0, affirms=["177"])
    away = Route("http://127.0.0.1:9/v1", kind="openai_compatible")
    asked_for = about_documents([SIZE, WEIGHT], QUESTION, server=server, wanted=(away,))
    assert chunks_read(await heard(asked_for)) == [7]


async def test_a_slow_judge_costs_no_passage_where_the_search_was_slow_too(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for owner in (documents, workbench):
        monkeypatch.setattr(owner, "ONE_CALL_S", 1.6)
    monkeypatch.setattr(judging, "JUDGING_S", 1.2)
    server.set_script(text="好。", tokens_per_second=0, affirms=["177"], judging_s=5.0)
    request = about_documents([WEIGHT], QUESTION, server=server, finding_s=0.5)
    assert chunks_read(await heard(request)) == [7]


@pytest.mark.parametrize("affirmed", [["車禍"], None])
async def test_run_again_an_answer_keeps_the_same_numbers(
    server: ModelServer, affirmed: list[str] | None
) -> None:
    crash = passage(9, "四款都有車禍偵測。")
    server.set_script(text="교통사고를 알아차립니다.[1]", tokens_per_second=0, affirms=affirmed)
    first = about_documents(
        [crash], asked("사고가 나면 어떻게 되나요, 알려 주세요?"), server=server
    )
    events = await heard(first)
    (told,) = [event for event in events if isinstance(event, Asked)]
    again = replace(first, prompt=told.prompt, passages=(crash,), once_told=told.passport)
    assert text_of(await heard(again)) == text_of(events)
    assert ("[1]" in text_of(events)) is bool(affirmed)
