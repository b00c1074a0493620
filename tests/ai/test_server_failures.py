"""What goes wrong at a model server has its own code and sentence, in every dialect."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from ai import answer, silence
from ai.backends import http_client
from ai.backends.base import ServerSettings
from ai.backends.http_client import fetch
from ai.backends.registry import backend_for
from ai.errors import (
    ModelBusyError,
    ModelCutOffError,
    ModelFailedError,
    ModelGarbledError,
    ModelMissingError,
    ModelRefusedKeyError,
    ModelUnavailableError,
)
from ai.parameters import Parameters
from ai.types import Route
from echomind.common.errors import EchoMindError
from tests.ai.conversations import asked, request_of
from tests.ai.listening import whole_reply
from tests.ai.model_kinds import KINDS, backend_at, order_of, parts_of, servers_of_each_kind
from tests.fakes.model_server import ModelServer

FAILURES: dict[str, type[EchoMindError]] = {
    "key": ModelRefusedKeyError,
    "missing": ModelMissingError,
    "busy": ModelBusyError,
    "error": ModelFailedError,
    "html": ModelGarbledError,
    "half": ModelGarbledError,
    "garbage": ModelGarbledError,
    "cut": ModelCutOffError,
    "cut_utf8": ModelCutOffError,
}


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, ModelServer]]:
    """A server of each kind, known before it begins to fail."""
    with servers_of_each_kind() as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("failure", FAILURES)
async def test_each_failure_has_its_name(
    servers: dict[str, ModelServer], kind: str, failure: str
) -> None:
    server = servers[kind]
    server.set_script(text="one two")
    backend = await backend_at(server)
    await backend.describe()
    server.set_script(text="one two", failure=failure, tokens_per_second=0)
    with pytest.raises(FAILURES[failure]) as failed:
        await parts_of(backend, order_of(Parameters()))
    assert failed.value.code == FAILURES[failure].code


async def test_a_refused_key_is_named_before_the_server_is_known() -> None:
    with ModelServer(failure="key") as server, pytest.raises(ModelRefusedKeyError):
        await backend_at(server)


async def test_a_server_without_a_list_of_models_is_not_ready() -> None:
    with ModelServer() as server:
        route = Route(base_url=f"{server.root}/elsewhere/v1")
        with pytest.raises(ModelUnavailableError):
            await backend_for(route)


def test_every_failure_has_a_sentence_of_its_own_in_each_language() -> None:
    for language in ("en", "zh-hant", "ja", "ko"):
        with translation.override(language):
            sentences = {str(kind.sentence) for kind in FAILURES.values()}
        assert len(sentences) == len(set(FAILURES.values()))
        assert "" not in sentences


async def test_a_list_of_models_without_end_is_broken_off(
    servers: dict[str, ModelServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_client, "MOST_OF_AN_ANSWER", 8)
    with pytest.raises(ModelGarbledError):
        await fetch(ServerSettings(servers["vllm"].base_url), "/v1/models")


async def test_an_answer_without_end_is_broken_off(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "MOST_CHARACTERS", 40)
    server.set_script(text="and so on " * 10, tokens_per_second=0)
    with pytest.raises(ModelGarbledError):
        await whole_reply(request_of(asked("Tell me all")))


async def test_an_answer_in_drops_that_never_ends_is_broken_off(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(silence, "LONGEST_ANSWER_S", 0.3)
    server.set_script(text="drip " * 1000, tokens_per_second=20)
    with pytest.raises(ModelGarbledError):
        await whole_reply(request_of(asked("Tell me all")))


def test_signs_of_life_without_a_word_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "MOST_SIGNS", 3)
    silent = answer.Answer(traditional=False, own_name="Sage", others=())
    assert [bool(silent.sense()) for _ in range(3)] == [True, False, False]
    with pytest.raises(ModelGarbledError):
        silent.sense()
