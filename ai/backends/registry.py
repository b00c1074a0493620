"""Which backend serves the site: the setting LLM_BACKEND, or what answers at LLM_BASE_URL.

To add one:
1. Write `ai/backends/<name>.py` with a class that fulfils `base.Backend` and is made from
   `ServerSettings`. For a server that speaks OpenAI's dialect, subclass `OpenAICompatible` and
   override what differs; see `llama_cpp.py`.
2. Name it in `BACKENDS`. It is imported at first use: the clients are heavy, and only a process
   that writes replies needs them.
3. Should `auto` find it, add the question that tells it apart to `_detect`.
4. Add it to the parameters of `tests/ai/test_backends.py`.
"""

from collections.abc import Mapping
from functools import cache
from time import monotonic
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from ai.backends.base import Backend, ServerSettings
from ai.errors import UnknownBackendError

BACKENDS: Mapping[str, str] = {
    "openai_compatible": "ai.backends.openai_compatible.OpenAICompatible",
    "llama_cpp": "ai.backends.llama_cpp.LlamaCpp",
    "scripted": "ai.backends.scripted.Scripted",
}
AUTO = "auto"
DETECTION_KEPT_S = 60.0

_detected: dict[ServerSettings, tuple[float, str]] = {}


async def current_backend() -> Backend:
    """The backend of the settings as they are now.

    Raises UnknownBackendError; with `auto` also ModelUnavailableError where no server answers.
    """
    server = _server_settings()
    name = settings.LLM_BACKEND
    if name == AUTO:
        name = await _detected_name(server)
    return _backend(name, server)


def _server_settings() -> ServerSettings:
    return ServerSettings(
        base_url=settings.LLM_BASE_URL,
        api_key=settings.LLM_API_KEY,
        model=settings.LLM_MODEL,
        script=settings.LLM_SCRIPT,
    )


@cache
def _backend(name: str, server: ServerSettings) -> Backend:
    """One instance for each server: it keeps what it learned about it."""
    return _class_of(name)(server)


def _class_of(name: str) -> type[Backend]:
    if name not in BACKENDS:
        raise UnknownBackendError(name=name)
    return cast(type[Backend], import_string(BACKENDS[name]))


async def _detected_name(server: ServerSettings) -> str:
    known_at, name = _detected.get(server, (0.0, ""))
    if not name or monotonic() - known_at > DETECTION_KEPT_S:
        name = await _detect(server)
        _detected[server] = (monotonic(), name)
    return name


async def _detect(server: ServerSettings) -> str:
    from ai.backends.llama_cpp import read_props  # heavy, see above

    if await read_props(server):
        return "llama_cpp"
    # Raises while a server still loads: what it is shows only afterwards.
    await _backend("openai_compatible", server).describe()
    return "openai_compatible"
