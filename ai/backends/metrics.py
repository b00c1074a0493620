"""What a model server counts of itself: llama.cpp and vLLM tell it in Prometheus' words."""

import re
from dataclasses import dataclass

from ai.backends.base import ServerSettings
from ai.backends.http_client import ask

_LINE = re.compile(r"^([a-z_:]+)(?:\{[^}]*\})? ([0-9.eE+-]+)$", re.MULTILINE)
_RUNNING = ("llamacpp:requests_processing", "vllm:num_requests_running")
_WRITTEN = ("llamacpp:tokens_predicted_total", "vllm:generation_tokens_total")


@dataclass(frozen=True, slots=True)
class ServerWork:
    """Requests being written right now, and all tokens written since the server's start."""

    running: int
    tokens_written: int


async def read_work(server: ServerSettings) -> ServerWork | None:
    """The server's own counts; None where it keeps none.

    Raises ModelUnavailableError where nobody answers.
    """
    body = await ask(server, "/metrics")
    if body is None:
        return None
    told = {name: float(value) for name, value in _LINE.findall(body.decode(errors="replace"))}
    running = next((told[name] for name in _RUNNING if name in told), None)
    written = next((told[name] for name in _WRITTEN if name in told), None)
    if running is None or written is None:
        return None
    return ServerWork(running=int(running), tokens_written=int(written))
