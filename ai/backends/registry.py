"""Which backend speaks with a server: the kind its route names, or what answers there.

To add one:
1. Write `ai/backends/<name>.py` with a class that fulfils `base.Backend` and is made from
   `ServerSettings`. For a server that speaks OpenAI's dialect, subclass `OpenAICompatible` and
   override what differs; see `llama_cpp.py`.
2. Name it in `BACKENDS`. It is imported at first use: the clients are heavy, and only a process
   that writes replies needs them.
3. Should `auto` find it, add the question that tells it apart to `_detect`.
4. Teach the scripted server its doors (`tests/fakes/dialects.py`): the tests of all backends then run
   against it. Say in `tests/ai/test_parameters_at_servers.py` what it receives.
"""

from collections.abc import Mapping
from functools import cache
from time import monotonic
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from ai.backends.base import Backend, ServerSettings
from ai.errors import UnknownBackendError
from ai.types import Route, ServerKind

BACKENDS: Mapping[str, str] = {
    "openai_compatible": "ai.backends.openai_compatible.OpenAICompatible",
    "llama_cpp": "ai.backends.llama_cpp.LlamaCpp",
    "vllm": "ai.backends.vllm.Vllm",
    "ollama": "ai.backends.ollama.Ollama",
    "scripted": "ai.backends.scripted.Scripted",
}
DETECTION_KEPT_S = 60.0

_detected: dict[str, tuple[float, str]] = {}  # by address


async def backend_for(route: Route) -> Backend:
    """The backend that speaks with the server of this route, the same one each time.

    Raises UnknownBackendError; with `auto` also ModelUnavailableError where no server answers.
    """
    server = ServerSettings(
        base_url=route.base_url,
        api_key=route.api_key,
        model=route.model,
        script=settings.LLM_SCRIPT,
        context_tokens=route.context_tokens,
    )
    name = await _detected_name(server) if route.kind == ServerKind.AUTO else route.kind
    return _backend(name, server)


@cache
def _backend(name: str, server: ServerSettings) -> Backend:
    """One instance for each server: it keeps what it learned about it."""
    return _class_of(name)(server)


def _class_of(name: str) -> type[Backend]:
    if name not in BACKENDS:
        raise UnknownBackendError(name=name)
    return cast(type[Backend], import_string(BACKENDS[name]))


async def _detected_name(server: ServerSettings) -> str:
    known_at, name = _detected.get(server.base_url, (0.0, ""))
    if not name or monotonic() - known_at > DETECTION_KEPT_S:
        name = await _detect(server)
        _detected[server.base_url] = (monotonic(), name)
    return name


async def _detect(server: ServerSettings) -> str:
    from ai.backends import llama_cpp, ollama, vllm  # heavy, see above

    if await llama_cpp.read_props(server):
        return "llama_cpp"
    if await vllm.read_version(server):
        return "vllm"
    if await ollama.read_version(server):
        return "ollama"
    # Raises while a server still loads: what it is shows only afterwards.
    await _backend("openai_compatible", server).describe()
    return "openai_compatible"
