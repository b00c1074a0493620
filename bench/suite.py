"""The benchmarks by name, and the database they begin with. Needs Django set up."""

from collections.abc import Awaitable, Callable

from django.core.management import call_command

from bench import (
    b01_fanout,
    b02_durable_send,
    b03_real_model,
    b03_streaming,
    b07_pictures,
    b08_socket_memory,
    b09_growth,
    b10_reconnect,
    b12_prompt_cache,
    b13_memory,
)
from bench.report import Result
from bench.stage import Stage

BENCHMARKS: dict[str, Callable[[Stage], Awaitable[Result]]] = {
    "B1": b01_fanout.run,
    "B2": b02_durable_send.run,
    "B3": b03_streaming.run,
    "B3-real": b03_real_model.run,
    "B7": b07_pictures.run,
    "B8": b08_socket_memory.run,
    "B9": b09_growth.run,
    "B10": b10_reconnect.run,
    "B12": b12_prompt_cache.run,
    "B13": b13_memory.run,
}


def prepare() -> None:
    """Tables and first rows."""
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
