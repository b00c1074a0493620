"""Which model the embedded server holds: the named one, else the best that this machine is fit for.

The larger model is fetched and its speed measured with it once; only a machine too slow for it
fetches the smaller one as well.
"""

from collections.abc import Callable
from pathlib import Path

import psutil

from ai.catalogue import Model, find_model
from echomind.stack.llm_server import LlmServer
from echomind.stack.model_speed import known_speed, measure_speed, remember_speed

LARGER, SMALLER = "qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"
LEAST_TOKENS_PER_S = 8.0  # about as fast as people read
LEAST_MEMORY_BYTES = 4 * 1024**3  # the larger model's server takes 2 GiB of it


def choose_model(named: str, cache: Path, build: str) -> Model:
    """The model to start with. `build` names the server's build, whose speeds differ."""
    if named:
        return find_model(named)
    speed = known_speed(cache, _key(LARGER, build))
    too_slow = speed is not None and speed < LEAST_TOKENS_PER_S
    too_small = psutil.virtual_memory().total < LEAST_MEMORY_BYTES
    return find_model(SMALLER if too_slow or too_small else LARGER)


def is_fast_enough(server: LlmServer, cache: Path, build: str, tell: Callable[[str], None]) -> bool:
    """Whether to keep the model of a ready server; measured at the first start, then remembered."""
    name = server.settings.alias
    if name != LARGER or known_speed(cache, _key(name, build)) is not None:
        return True
    speed = measure_speed(server)
    remember_speed(cache, _key(name, build), speed)
    tell(f"{name} writes {speed:.1f} tokens/s here; at least {LEAST_TOKENS_PER_S:g} are wanted.")
    return speed >= LEAST_TOKENS_PER_S


def _key(model: str, build: str) -> str:
    return f"{model} {build}"
