"""A scripted model server and a real one, and the settings that point at them."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from ai.catalogue import find_model
from ai.fetch import fetch_model
from echomind.common.machine_cache import cache_folder
from echomind.stack.llm_server import LlmServer
from echomind.stack.llm_settings import Budget, settings_for
from echomind.stack.ports import LOOPBACK, free_port
from tests.fakes.model_server import ModelServer

MODEL = "qwen2.5-coder-0.5b"


@pytest.fixture(scope="session")
def scripted_server() -> Iterator[ModelServer]:
    """One scripted model server for all tests of this folder."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def server(scripted_server: ModelServer, settings: Settings) -> ModelServer:
    """The scripted server with its default script, and the settings that point at it."""
    scripted_server.set_script()
    settings.LLM_BACKEND = "openai_compatible"
    settings.LLM_BASE_URL = scripted_server.base_url
    settings.LLM_MODEL = ""
    return scripted_server


@pytest.fixture(scope="session")
def llama_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LlmServer]:
    """The real 0.5B model behind llama.cpp's server, with two slots."""
    model = find_model(MODEL)
    settings = settings_for(
        model,
        str(fetch_model(model, cache_folder())),
        LOOPBACK,
        free_port(),
        Budget(prompt_tokens=1200, reply_tokens=512, replies_at_once=2),
    )
    log = tmp_path_factory.mktemp("llm") / "llm.log"
    server = LlmServer(settings, log, api_key="secret", native=None)
    server.launch()
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@pytest.fixture
def llama(llama_server: LlmServer, settings: Settings) -> LlmServer:
    """The settings that point at the real model; what answers there is found by itself."""
    settings.LLM_BACKEND = "auto"
    settings.LLM_BASE_URL = llama_server.url
    settings.LLM_API_KEY = llama_server.api_key
    settings.LLM_MODEL = ""
    return llama_server
