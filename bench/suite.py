"""The benchmarks by name, and the database they begin with. Needs Django set up."""

from collections.abc import Awaitable, Callable

from django.core.management import call_command

from bench import (
    b01_fanout,
    b02_durable_send,
    b03_real_model,
    b03_streaming,
    b05_retrieval,
    b05_search,
    b06_ingest,
    b07_pictures,
    b08_socket_memory,
    b09_growth,
    b10_reconnect,
    b12_prompt_cache,
    b13_memory,
    b14_fairness,
    b15_overload,
)
from bench.report import Result
from bench.stage import Stage

BENCHMARKS: dict[str, Callable[[Stage], Awaitable[Result]]] = {
    "B1": b01_fanout.run,
    "B2": b02_durable_send.run,
    "B3": b03_streaming.run,
    "B3-all": b03_streaming.run_equipped,
    "B3-real": b03_real_model.run,
    "B5": b05_retrieval.run,
    "B5-search": b05_search.run,
    "B6": b06_ingest.run,
    "B7": b07_pictures.run,
    "B8": b08_socket_memory.run,
    "B9": b09_growth.run,
    "B10": b10_reconnect.run,
    "B12": b12_prompt_cache.run,
    "B12-all": b12_prompt_cache.run_equipped,
    "B13": b13_memory.run,
    "B14": b14_fairness.run,
    "B15": b15_overload.run,
}


def prepare() -> None:
    """Tables and first rows."""
    call_command("migrate", verbosity=0)
    call_command("seed", verbosity=0)
