"""Where one model cannot answer the next one does, and the passport says so."""

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from ai.api import stream_reply
from ai.breaker import FAILURES_IN_A_ROW, REST_S, Breaker
from ai.errors import ModelCutOffError, ModelFailedError, ModelMissingError, ModelUnavailableError
from ai.types import Asked, Brief, Reading, ReplyEvent, ReplyRequest, Route
from tests.ai.conversations import asked
from tests.ai.listening import text_of
from tests.ai.passages import about_documents, passage
from tests.ai.weather import heard
from tests.fakes.model_server import ModelServer


@pytest.fixture(autouse=True)
def forget_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has seen no failure yet."""
    monkeypatch.setattr("ai.fallback.breaker", Breaker())


@pytest.fixture(scope="module")
def running() -> Iterator[tuple[ModelServer, ModelServer]]:
    """Two servers."""
    with ModelServer() as first, ModelServer() as second:
        yield first, second


@pytest.fixture
def pair(running: tuple[ModelServer, ModelServer]) -> tuple[ModelServer, ModelServer]:
    """The wanted server and the one that stands in for it."""
    first, second = running
    first.set_script(text="from the first", tokens_per_second=0)
    second.set_script(text="from the second", tokens_per_second=0)
    return first, second


def routes_to(*servers: ModelServer) -> tuple[Route, ...]:
    """The way to each, named by its place."""
    names = ("large", "small", "tiny")
    return tuple(
        Route(base_url=server.base_url, kind="openai_compatible", model="scripted", title=name)
        for server, name in zip(servers, names, strict=False)
    )


def request_by(*routes: Route) -> ReplyRequest:
    """A question to the first of these that can answer."""
    return ReplyRequest("room:sage", "sage", "en", (asked("hi"),), "trace", brief=Brief(routes))


async def events_of(*routes: Route) -> list[ReplyEvent]:
    """Everything one reply tells."""
    return [event async for event in stream_reply(request_by(*routes))]


def note_in(events: list[ReplyEvent]) -> Any:
    """What the passport says of a fall-back."""
    asked_last = [event for event in events if isinstance(event, Asked)][-1]
    return asked_last.passport.get("fallback")


async def test_the_wanted_model_answers_without_a_note(
    pair: tuple[ModelServer, ModelServer],
) -> None:
    events = await events_of(*routes_to(*pair))
    assert text_of(events) == "from the first"
    assert note_in(events) is None


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        ("busy", "model_busy"),
        ("key", "model_refused_key"),
        ("missing", "model_missing"),
        ("error", "model_failed"),
        ("html", "model_garbled"),
        ("half", "model_garbled"),
        ("cut", "model_cut_off"),
    ],
)
async def test_whatever_fails_before_the_first_word_the_next_model_answers(
    pair: tuple[ModelServer, ModelServer], failure: str, code: str
) -> None:
    first, _ = pair
    first.set_script(failure=failure)
    events = await events_of(*routes_to(*pair))
    assert text_of(events) == "from the second"
    assert note_in(events) == {"from": "large", "to": "small", "reason": code}
    assert events.count(Reading()) <= 1


async def test_a_killed_server_is_replaced(pair: tuple[ModelServer, ModelServer]) -> None:
    with ModelServer() as mortal:
        routes = routes_to(mortal, pair[1])
        assert note_in(await events_of(*routes)) is None
        mortal.kill()
        events = await events_of(*routes)
    assert text_of(events) == "from the second"
    assert note_in(events)["reason"] == "model_unavailable"


async def test_a_silent_server_is_replaced(
    pair: tuple[ModelServer, ModelServer], settings: Settings
) -> None:
    settings.FIRST_TOKEN_TIMEOUT_S = 0.2
    pair[0].set_script(silence_s=60)
    events = await events_of(*routes_to(*pair))
    assert text_of(events) == "from the second"
    assert note_in(events)["reason"] == "model_silent"
    assert events.count(Reading()) == 1


async def test_an_answer_that_has_begun_is_not_replaced(
    pair: tuple[ModelServer, ModelServer],
) -> None:
    first, second = pair
    first.set_script(text="one two three", failure="cut", failure_after=2, tokens_per_second=0)
    asked_before = second.stats()["started"]
    with pytest.raises(ModelCutOffError):
        await events_of(*routes_to(*pair))
    assert second.stats()["started"] == asked_before


async def test_where_none_answers_the_wanted_ones_failure_is_told(
    pair: tuple[ModelServer, ModelServer],
) -> None:
    first, second = pair
    first.set_script(failure="missing")
    second.set_script(failure="error")
    with pytest.raises(ModelMissingError):
        await events_of(*routes_to(*pair))


async def test_a_server_that_keeps_failing_is_left_alone(
    pair: tuple[ModelServer, ModelServer],
) -> None:
    first, _ = pair
    first.set_script(failure="error")
    before = first.stats()["started"]
    for _attempt in range(FAILURES_IN_A_ROW + 3):
        events = await events_of(*routes_to(*pair))
    assert text_of(events) == "from the second"
    assert note_in(events)["reason"] == ModelUnavailableError.code
    assert first.stats()["started"] == before + FAILURES_IN_A_ROW


async def test_what_is_said_without_a_model_speaks_for_no_server(
    pair: tuple[ModelServer, ModelServer],
) -> None:
    first, _ = pair
    wanted, standing_in = routes_to(*pair)
    weight = passage(7, "iPhone 17 重 177 公克。")
    silent = about_documents([weight], asked("iPhone 18 的重量是多少？"), server=first)
    first.set_script(failure="error")
    before = first.stats()["started"]
    for _attempt in range(FAILURES_IN_A_ROW + 1):
        await events_of(wanted, standing_in)
        await heard(silent)
    assert first.stats()["started"] == before + FAILURES_IN_A_ROW


async def test_the_only_server_is_asked_however_often_it_failed(
    pair: tuple[ModelServer, ModelServer],
) -> None:
    first, _ = pair
    (alone,) = routes_to(first)
    first.set_script(failure="error")
    for _attempt in range(FAILURES_IN_A_ROW + 1):
        with pytest.raises(ModelFailedError):
            await events_of(alone)
    first.set_script(text="mended", tokens_per_second=0)
    assert text_of(await events_of(alone)) == "mended"


class TestBreaker:
    """The count of one process, with a clock that the test holds."""

    @pytest.fixture
    def now(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        """The time, to be changed."""
        clock = [1000.0]
        monkeypatch.setattr("ai.breaker.monotonic", lambda: clock[0])
        return clock

    def failed_often(self) -> Breaker:
        """One whose server rests."""
        resting = Breaker()
        for _ in range(FAILURES_IN_A_ROW):
            assert resting.may_try("a")
            resting.failed("a")
        return resting

    def test_a_server_rests_after_failures_in_a_row(self, now: list[float]) -> None:
        resting = self.failed_often()
        assert not resting.may_try("a")
        assert resting.may_try("b")

    def test_an_answer_between_failures_forgets_them(self) -> None:
        counting = Breaker()
        for _ in range(3 * FAILURES_IN_A_ROW):
            counting.failed("a")
            counting.answered("a")
        assert counting.may_try("a")

    def test_after_its_rest_one_caller_tries_for_all(self, now: list[float]) -> None:
        resting = self.failed_often()
        assert resting.is_resting("a")
        now[0] += REST_S
        assert not resting.is_resting("a")
        assert [resting.may_try("a") for _ in range(3)] == [True, False, False]
        resting.answered("a")
        assert all(resting.may_try("a") for _ in range(3))

    def test_a_trial_that_fails_begins_another_rest(self, now: list[float]) -> None:
        resting = self.failed_often()
        now[0] += REST_S
        assert resting.may_try("a")
        resting.failed("a")
        now[0] += REST_S - 1
        assert not resting.may_try("a")
