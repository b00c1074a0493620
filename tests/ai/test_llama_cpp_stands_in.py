"""The real 0.5B model takes every parameter, and answers where another server cannot."""

from dataclasses import replace

import msgspec
import pytest

from ai.api import stream_reply
from ai.backends.base import ServerSettings
from ai.backends.http_client import ask
from ai.parameters import Parameters
from ai.routing import site_route
from ai.types import Asked, Brief, Finished, ReplyEvent, ReplyRequest, Route
from echomind.stack.llm_server import LlmServer
from tests.ai.conversations import asked
from tests.ai.listening import text_of
from tests.fakes.model_server import ModelServer

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


async def test_it_answers_with_a_note_where_the_wanted_server_was_killed(llama: LlmServer) -> None:
    own = replace(site_route(), title="EchoMind")
    with ModelServer(text="from the large one", tokens_per_second=0) as mortal:
        wanted = Route(base_url=mortal.base_url, model="scripted", title="Large")
        before = await events_of(wanted, own)
        assert text_of(before) == "from the large one"
        assert "fallback" not in passport_in(before)
        mortal.kill()
        after = await events_of(wanted, own)
    assert passport_in(after)["fallback"] == {
        "from": "Large",
        "to": "EchoMind",
        "reason": "model_unavailable",
    }
    assert text_of(after).strip()
    assert isinstance(after[-1], Finished)
