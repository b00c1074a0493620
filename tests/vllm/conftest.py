"""A real vLLM server with a real adapter. Collected by `make test-vllm` alone: it takes minutes."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from ai.backends.registry import backend_for
from ai.backends.vllm import Vllm
from ai.routing import site_route
from echomind.common.machine_cache import cache_folder
from echomind.stack.ports import free_port
from echomind.stack.vllm_checkpoint import checkpoint_of
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings, vllm_python
from tests.flows.conftest import (  # noqa: F401  (people and rooms of the live site)
    assistant,
    live_site,
    member,
    on_site,
    owner,
    reader,
    room,
)
from tests.vllm.adapter import ADAPTER, adapter_for

MODEL = "qwen2.5-coder-0.5b"

collect_ignore_glob = [] if "TEST_VLLM" in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def checkpoint() -> Path:
    """The small model of the catalogue, unpacked; kept in the cache."""
    return Path(checkpoint_of(MODEL, vllm_python(), cache_folder(), print))


@pytest.fixture(scope="session")
def adapter(checkpoint: Path) -> Path:
    """A LoRA adapter with which the model answers everything with one sentence."""
    return adapter_for(checkpoint)


@pytest.fixture(scope="session")
def vllm_server(
    checkpoint: Path, adapter: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[VllmServer]:
    """The server with the model and the adapter, one start for all tests that do not end it."""
    settings = VllmSettings(
        checkpoint=str(checkpoint),
        name=MODEL,
        port=free_port(),
        api_key="secret",
        adapters={ADAPTER: str(adapter)},
        eager=True,
    )
    server = VllmServer(settings, tmp_path_factory.mktemp("vllm") / "vllm.log")
    server.launch()
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


@pytest.fixture
async def vllm(vllm_server: VllmServer, settings: Settings) -> Vllm:
    """The backend that the site finds by itself at that server."""
    settings.LLM_BACKEND = "auto"
    settings.LLM_BASE_URL = vllm_server.url
    settings.LLM_API_KEY = vllm_server.settings.api_key
    settings.LLM_MODEL = MODEL
    found = await backend_for(site_route())
    assert isinstance(found, Vllm)
    return found
