"""Every parameter reaches a server as it was set, under the server's own name, or is told."""

from collections.abc import Iterator
from typing import Any

import pytest

from ai.api import stream_reply
from ai.backends.ollama import Version
from ai.parameters import NAMES, Parameters
from ai.types import Asked, Brief, ReplyRequest, Route
from tests.ai.conversations import asked
from tests.ai.model_kinds import (
    KINDS,
    backend_at,
    order_of,
    parts_of,
    servers_of_each_kind,
)
from tests.fakes.model_server import ModelServer

SET = Parameters(
    temperature=0.35,
    top_p=0.55,
    top_k=7,
    max_tokens=99,
    repetition_penalty=1.35,
    repeat_last_n=33,
    stop=("END", "完"),
    seed=4711,
    mirostat=2,
    mirostat_tau=3.5,
    mirostat_eta=0.25,
)
COMMON = {"temperature": 0.35, "top_p": 0.55, "max_tokens": 99, "seed": 4711, "stop": ["END", "完"]}
MIROSTAT = {"mirostat": 2, "mirostat_tau": 3.5, "mirostat_eta": 0.25}
RECEIVED: dict[str, dict[str, Any]] = {
    "openai_compatible": COMMON,
    "llama_cpp": COMMON | MIROSTAT | {"top_k": 7, "repeat_penalty": 1.35, "repeat_last_n": 33},
    "vllm": COMMON | {"top_k": 7, "repetition_penalty": 1.35},
    "ollama": MIROSTAT
    | {
        "temperature": 0.35,
        "top_p": 0.55,
        "top_k": 7,
        "num_predict": 99,
        "repeat_penalty": 1.35,
        "repeat_last_n": 33,
        "seed": 4711,
        "stop": ["END", "完"],
    },
}
# All names under which any kind of server takes a parameter.
WIRE_NAMES = set(NAMES) | {"num_predict", "repeat_penalty"}


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, ModelServer]]:
    """A recording server of each kind."""
    with servers_of_each_kind() as running:
        yield running


def received(server: ModelServer) -> dict[str, Any]:
    """The parameters of the last request, wherever they stood in it."""
    body = server.requests()[-1]
    said = {**body, **body.get("options", {})}
    return {name: value for name, value in said.items() if name in WIRE_NAMES}


@pytest.mark.parametrize("kind", KINDS)
async def test_each_parameter_arrives_as_set_and_no_other(
    servers: dict[str, ModelServer], kind: str
) -> None:
    backend = await backend_at(servers[kind])
    assert backend.name == kind
    await parts_of(backend, order_of(SET))
    assert received(servers[kind]) == RECEIVED[kind]


@pytest.mark.parametrize(
    ("kind", "lacking"),
    [
        ("llama_cpp", []),
        ("ollama", []),
        ("vllm", ["repeat_last_n", "mirostat", "mirostat_tau", "mirostat_eta"]),
        (
            "openai_compatible",
            [
                "top_k",
                "repetition_penalty",
                "repeat_last_n",
                "mirostat",
                "mirostat_tau",
                "mirostat_eta",
            ],
        ),
    ],
)
async def test_what_a_server_lacks_stands_in_the_passport(
    servers: dict[str, ModelServer], kind: str, lacking: list[str]
) -> None:
    passport = await passport_of(servers[kind], SET)
    assert passport["unsupported"] == lacking
    assert passport["backend"] == kind


async def test_a_parameter_that_changes_nothing_is_not_missed(
    servers: dict[str, ModelServer],
) -> None:
    plain = Parameters(top_k=0, repetition_penalty=1.0)
    assert (await passport_of(servers["openai_compatible"], plain))["unsupported"] == []
    assert (await passport_of(servers["vllm"], plain))["unsupported"] == []


async def test_more_stops_than_a_server_takes_are_told(servers: dict[str, ModelServer]) -> None:
    many = Parameters(top_k=0, repetition_penalty=1.0, stop=("a1", "b2", "c3", "d4", "e5"))
    server = servers["openai_compatible"]
    assert (await passport_of(server, many))["unsupported"] == ["stop"]
    assert server.requests()[-1]["stop"] == ["a1", "b2", "c3", "d4"]
    assert (await passport_of(servers["llama_cpp"], many))["unsupported"] == []


async def test_an_adapter_that_a_server_cannot_apply_is_told(
    servers: dict[str, ModelServer],
) -> None:
    for kind, lacks in (("ollama", True), ("openai_compatible", True), ("vllm", False)):
        capabilities = (await backend_at(servers[kind])).capabilities
        lacking = capabilities.lacking(order_of(Parameters(), adapter="poet"))
        assert ("adapter" in lacking) is lacks


async def test_an_adapter_is_a_model_to_vllm_and_a_number_to_llama_cpp(
    servers: dict[str, ModelServer],
) -> None:
    for kind, adapter in (("vllm", "poet"), ("llama_cpp", "1")):
        await parts_of(await backend_at(servers[kind]), order_of(Parameters(), adapter=adapter))
    assert servers["vllm"].requests()[-1]["model"] == "poet"
    assert servers["llama_cpp"].requests()[-1]["lora"] == [{"id": 1, "scale": 1.0}]


async def test_ollama_is_told_how_much_to_hold(servers: dict[str, ModelServer]) -> None:
    backend = await backend_at(servers["ollama"])
    await parts_of(backend, order_of(Parameters()))
    sent = servers["ollama"].requests()[-1]["options"]["num_ctx"]
    assert sent == (await backend.describe()).context_tokens


@pytest.mark.parametrize(
    ("version", "draws_with_mirostat"),
    [("0.5.1", True), ("0.6.8", True), ("0.7.0", False), ("0.12.3", False), ("1.0.0", False),
     ("0.0.0-dev", True), ("", False), ("new", False)],
)  # fmt: skip
def test_only_early_versions_of_ollama_draw_with_mirostat(
    version: str, draws_with_mirostat: bool
) -> None:
    assert Version(version).has_mirostat is draws_with_mirostat


async def passport_of(server: ModelServer, parameters: Parameters) -> dict[str, Any]:
    """What a reader of the reply is told of how it came about."""
    brief = Brief(routes=(Route(base_url=server.base_url),), parameters=parameters)
    request = ReplyRequest("room:sage", "sage", "en", (asked("hi"),), "trace", "Sage", brief)
    events = [event async for event in stream_reply(request)]
    return dict(next(event.passport for event in events if isinstance(event, Asked)))
