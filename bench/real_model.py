"""The embedded language model, as `manage.py up` runs it, for what only a real one can show."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ai.catalogue import find_model
from ai.fetch import fetch_model
from echomind.common.machine_cache import cache_folder
from echomind.settings import models_ai
from echomind.stack.llm_server import LlmServer
from echomind.stack.llm_settings import Budget, settings_for
from echomind.stack.model_choice import SMALLER
from echomind.stack.native_llm import native_server
from echomind.stack.ports import LOOPBACK, free_port

API_KEY = "bench"


@dataclass(frozen=True, slots=True)
class RealModel:
    """A running model server. `settings` are those with which a site reaches it."""

    name: str
    base_url: str
    settings: Mapping[str, str]


@contextmanager
def running_model(folder: Path, *, reply_tokens: int, name: str = SMALLER) -> Iterator[RealModel]:
    """A model of the catalogue, fetched if need be, in the build that the site would use."""
    cache = cache_folder()
    model, native = find_model(name), native_server(cache)
    budget = Budget(
        prompt_tokens=models_ai.PROMPT_TOKEN_BUDGET,
        reply_tokens=reply_tokens,
        replies_at_once=models_ai.REPLY_CONCURRENCY,
    )
    path = str(fetch_model(model, cache))
    settings = settings_for(model, path, LOOPBACK, free_port(), budget)
    server = LlmServer(settings, folder / "model.log", API_KEY, native if native.exists() else None)
    server.launch()
    try:
        server.wait_until_ready()
        yield RealModel(
            model.name,
            server.url,
            {
                "LLM_BASE_URL": server.url,
                "LLM_API_KEY": API_KEY,
                "LLM_MODEL": settings.alias,
            },
        )
    finally:
        server.stop()
