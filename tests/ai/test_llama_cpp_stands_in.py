"""The real 0.5B model takes every parameter, and answers where another server cannot."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import pytest

from ai.api import stream_reply
from ai.backends.base import ServerSettings
from ai.backends.http_client import ask
from ai.catalogue import find_model
from ai.errors import ModelCutOffError
from ai.fetch import fetch_model
from ai.parameters import Parameters
from ai.routing import site_route
from ai.types import Asked, Brief, Finished, ReplyEvent, ReplyRequest, Route, TextPiece
from echomind.common.machine_cache import cache_folder
from echomind.stack.llm_server import LlmServer
from echomind.stack.llm_settings import LlmSettings
from echomind.stack.ports import LOOPBACK, free_port
from tests.ai.conftest import MODEL
from tests.ai.conversations import asked
from tests.ai.listening import text_of

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

SET = Parameters(
    temperature=0.8,
    top_p=0.7,
    top_k=7,
    max_tokens=16,
    repetition_penalty=1.25,
    repeat_last_n=33,
    stop=("END",),
    seed=4711,
    mirostat=2,
    mirostat_tau=3.5,
    mirostat_eta=0.25,
)
AT_THE_SERVER = {
    "temperature": 0.8,
    "top_p": 0.7,
    "top_k": 7,
    "max_tokens": 16,
    "repeat_penalty": 1.25,
    "repeat_last_n": 33,
    "seed": 4711,
    "mirostat": 2,
    "mirostat_tau": 3.5,
    "mirostat_eta": 0.25,
}


async def events_of(*routes: Route, parameters: Parameters = SET) -> list[ReplyEvent]:
    """Everything that one short reply tells."""
    question = asked("Name one fruit. Answer in one short sentence.")
    brief = Brief(routes=routes, parameters=parameters)
    request = ReplyRequest("room:sage", "sage", "en", (question,), "trace", brief=brief)
    return [event async for event in stream_reply(request)]


def passport_in(events: list[ReplyEvent]) -> dict[str, object]:
    """How the answer came about, as told last."""
    return dict([event for event in events if isinstance(event, Asked)][-1].passport)


async def test_every_parameter_is_in_use_at_the_server(llama: LlmServer) -> None:
    events = await events_of(site_route())
    assert text_of(events).strip()
    assert passport_in(events)["unsupported"] == []
    server = ServerSettings(llama.url, api_key=llama.api_key)
    slots = msgspec.json.decode(await ask(server, "/slots") or b"[]")
    used = [slot["params"] for slot in slots if slot.get("params")]
    rounded = [
        {name: round(params[name], 3) for name in AT_THE_SERVER if name in params}
        for params in used
    ]
    assert AT_THE_SERVER in rounded


@dataclass
class Heard:
    """What came of one question, as far as it came."""

    has_text: asyncio.Event
    events: list[ReplyEvent] = field(default_factory=list)
    is_cut_off: bool = False

    async def listen(self, number: int, *routes: Route) -> None:
        """Ask, until the answer ends or its server does."""
        question, short = asked("Count from one to twenty."), replace(SET, max_tokens=8)
        request = ReplyRequest(
            f"{number}:sage", "sage", "en", (question,), "trace", brief=Brief(routes, short)
        )
        try:
            async for event in stream_reply(request):
                self.events.append(event)
                if isinstance(event, TextPiece):
                    self.has_text.set()
        except ModelCutOffError:
            self.is_cut_off = True


@pytest.fixture
def second(tmp_path: Path) -> Iterator[LlmServer]:
    """Another real server, with two places."""
    model = find_model(MODEL)
    path = str(fetch_model(model, cache_folder()))
    settings = LlmSettings(path, "second", LOOPBACK, free_port(), slots=2, context=1024, threads=1)
    server = LlmServer(settings, tmp_path / "second.log", api_key="other", native=None)
    server.launch()
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


async def test_a_server_killed_under_load_is_replaced_with_a_note(
    llama: LlmServer, second: LlmServer
) -> None:
    """Two of the questions are being answered, one waits at the server, one comes when it is gone."""
    own = replace(site_route(), title="EchoMind")
    wanted = Route(base_url=second.url, kind="llama_cpp", api_key="other", title="Second")
    someone_has_text = asyncio.Event()
    heard = [Heard(someone_has_text) for _ in range(4)]
    async with asyncio.TaskGroup() as tasks:
        for number in range(3):
            tasks.create_task(heard[number].listen(number, wanted, own))
        await someone_has_text.wait()
        second.kill()
        tasks.create_task(heard[3].listen(3, wanted, own))
    assert all(text_of(each.events).strip() for each in heard)
    whole = [each for each in heard if not each.is_cut_off]
    assert all(isinstance(each.events[-1], Finished) for each in whole)
    notes = [passport_in(each.events).get("fallback") for each in whole]
    assert len([note for note in notes if note]) >= 2
    assert notes[-1] == {"from": "Second", "to": "EchoMind", "reason": "model_unavailable"}
