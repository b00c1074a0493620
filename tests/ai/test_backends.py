"""What every backend keeps to, and how the one in use is found."""

import asyncio
from collections.abc import Iterator
from contextlib import aclosing

import pytest
from pytest_django import Settings

from ai.api import describe_server, warm_up
from ai.backends.base import Backend, Ended, Order, Text
from ai.backends.registry import BACKENDS, backend_for
from ai.errors import ModelFailedError, ModelUnavailableError, UnknownBackendError
from ai.parameters import NAMES, Parameters
from ai.routing import site_route
from ai.server import model_is_ready
from tests.ai.conversations import asked, request_of
from tests.ai.listening import whole_reply
from tests.ai.model_kinds import KINDS, order_of, parts_of, servers_of_each_kind
from tests.fakes.model_server import ModelServer

SCRIPT = '{"text": "one two", "tokens_per_second": 0}'


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, ModelServer]]:
    """A scripted server of each kind."""
    with servers_of_each_kind() as running:
        yield running


@pytest.fixture(params=BACKENDS)
async def backend(
    request: pytest.FixtureRequest, servers: dict[str, ModelServer], settings: Settings
) -> Backend:
    """Each backend, saying the same."""
    settings.LLM_BACKEND = request.param
    settings.LLM_SCRIPT = SCRIPT
    if request.param in servers:
        settings.LLM_BASE_URL = servers[request.param].base_url
    return await backend_for(site_route())


def order(*, max_tokens: int = 100) -> Order:
    """A question without a conversation."""
    return order_of(Parameters(max_tokens=max_tokens))


async def test_the_last_part_ends_the_answer_and_counts_it(backend: Backend) -> None:
    *parts, end = await parts_of(backend, order())
    assert "".join(part.text for part in parts if isinstance(part, Text)) == "one two"
    assert isinstance(end, Ended)
    assert (end.reason, end.completion_tokens) == ("stop", 2)
    assert end.prompt_tokens > 0


async def test_the_length_limit_ends_the_answer(backend: Backend) -> None:
    *_, end = await parts_of(backend, order(max_tokens=1))
    assert isinstance(end, Ended)
    assert end.reason == "length"


async def test_a_backend_tells_what_it_is(backend: Backend) -> None:
    description = await backend.describe(fresh=True)
    assert description.ready
    assert description.backend == backend.name in BACKENDS
    assert description.model
    assert {"max_tokens"} <= backend.capabilities.parameters <= set(NAMES)


@pytest.mark.parametrize(
    ("failure", "error"),
    [("busy", ModelUnavailableError), ("error", ModelFailedError), ("cut", ModelFailedError)],
)
async def test_the_scripted_backend_fails_as_told(
    settings: Settings, failure: str, error: type[Exception]
) -> None:
    settings.LLM_BACKEND = "scripted"
    settings.LLM_SCRIPT = f'{{"failure": "{failure}"}}'
    with pytest.raises(error):
        await parts_of(await backend_for(site_route()), order())


async def test_closing_the_scripted_backend_ends_its_answer(settings: Settings) -> None:
    settings.LLM_BACKEND, settings.LLM_SCRIPT = "scripted", '{"repeat": 1000}'
    backend = await backend_for(site_route())
    async with aclosing(backend.generate(order())) as parts:
        await anext(parts)
        assert backend.running == 1  # type: ignore[attr-defined]  (only this backend counts)
    assert backend.running == 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", KINDS)
async def test_the_kind_of_a_server_is_found_by_itself(
    servers: dict[str, ModelServer], settings: Settings, kind: str
) -> None:
    settings.LLM_BACKEND, settings.LLM_BASE_URL = "auto", servers[kind].base_url
    assert (await backend_for(site_route())).name == kind
    assert (await whole_reply(request_of(asked("hi"))))[0] == "one two"


async def test_which_server_it_is_is_not_asked_for_each_reply(settings: Settings) -> None:
    settings.LLM_BACKEND = "auto"
    with ModelServer() as mortal:
        settings.LLM_BASE_URL = mortal.base_url
        first = await backend_for(site_route())
    assert await backend_for(site_route()) is first


async def test_an_unknown_backend_is_named(settings: Settings) -> None:
    settings.LLM_BACKEND = "oracle"
    with pytest.raises(UnknownBackendError):
        await backend_for(site_route())


async def test_health_tells_a_living_server_from_a_dead_one(settings: Settings) -> None:
    settings.LLM_BACKEND = "auto"
    with ModelServer() as mortal:
        settings.LLM_BASE_URL = mortal.base_url
        assert await model_is_ready()
        mortal.kill()
        async with asyncio.timeout(4):
            description = await describe_server()
        assert not description.ready
        assert description.base_url == mortal.base_url


def test_warming_up_does_not_need_the_server(settings: Settings) -> None:
    settings.LLM_BACKEND, settings.LLM_BASE_URL = "auto", "http://127.0.0.1:9/v1"
    warm_up()
