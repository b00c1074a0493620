"""A real vLLM server with a real adapter. Collected by `make test-vllm` alone: it takes minutes."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from ai.backends.registry import backend_for
from ai.backends.vllm import Vllm
from ai.fetch import cache_folder
from ai.routing import site_route
from echomind.stack.ports import free_port
from echomind.stack.vllm_checkpoint import checkpoint_of
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings, vllm_python

MODEL = "qwen2.5-coder-0.5b"
ADAPTER = "ahoy"
TRAINER = Path(__file__).with_name("train_adapter.py")

collect_ignore_glob = [] if "TEST_VLLM" in os.environ else ["test_*.py"]


@pytest.fixture(scope="session")
def checkpoint() -> Path:
    """The small model of the catalogue, unpacked; kept in the cache."""
    return Path(checkpoint_of(MODEL, vllm_python(), cache_folder(), print))


@pytest.fixture(scope="session")
def adapter(checkpoint: Path) -> Path:
    """A LoRA adapter trained for half a minute to answer everything with one sentence; kept too."""
    folder = cache_folder() / "adapters" / f"{checkpoint.name}-{ADAPTER}"
    if not (folder / "adapter_config.json").exists():
        subprocess.run([vllm_python(), "-P", TRAINER, checkpoint, folder], check=True)
    return folder


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
