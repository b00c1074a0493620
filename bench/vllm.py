"""`make bench-vllm`: what vLLM does on this machine's processors, as a table for the README.

Starts the server three times: eager, compiled, and eager with an adapter. On the last one the model
and the adapter take turns, so that a machine that slows down favours neither.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from ai.backends.base import ChatMessage, Ended, Order, Part, ServerSettings, Text
from ai.backends.vllm import Vllm
from ai.parameters import Parameters
from echomind.common.machine_cache import cache_folder
from echomind.stack.model_choice import SMALLER
from echomind.stack.ports import free_port
from echomind.stack.vllm_checkpoint import checkpoint_of
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings, vllm_python
from tests.vllm.adapter import ADAPTER, adapter_for

ANSWER_TOKENS = 96
PROMPT_WORDS = 250  # about a thousand tokens
TURNS = 3
STREAMS = (1, 4, 8)
_fresh = count()  # no prompt is like an earlier one: the server would find it in its cache


class Endless(Vllm):
    """The backend, but the model may not end by itself: all answers are of one length."""

    def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        return self._stream(order, extras={"ignore_eos": True})


@dataclass(frozen=True, slots=True)
class Turn:
    """One round: seconds to the first token, tokens read and written each second."""

    first_s: float
    read_per_s: float
    written_per_s: Sequence[float]  # by the number of `STREAMS`


def main() -> None:
    """Measure, and print the table."""
    checkpoint = Path(checkpoint_of(SMALLER, vllm_python(), cache_folder(), _tell))
    bare = VllmSettings(str(checkpoint), SMALLER, port=free_port())
    adapters = {ADAPTER: str(adapter_for(checkpoint))}
    _row("server", "start", "first token", "reads", *(f"writes, {n} at once" for n in STREAMS))
    _measure("eager", replace(bare, eager=True))
    _measure("compiled", bare)
    _measure("eager, with an adapter", replace(bare, eager=True, adapters=adapters))


def _measure(what: str, settings: VllmSettings) -> None:
    """A row for the model, and one for each adapter, with the medians of `TURNS`."""
    began = perf_counter()
    with _running(settings) as server:
        start_s = perf_counter() - began
        backend = Endless(ServerSettings(server.url, model=settings.name))
        turns = asyncio.run(_turns(backend, ("", *settings.adapters)))
    for adapter, measured in turns.items():
        written = [median(turn.written_per_s[n] for turn in measured) for n in range(len(STREAMS))]
        _row(
            f"{what}: {'the adapter' if adapter else 'the model'}",
            f"{start_s:.0f} s",
            f"{median(turn.first_s for turn in measured):.2f} s",
            *(f"{rate:.0f}/s" for rate in (median(t.read_per_s for t in measured), *written)),
        )


@contextmanager
def _running(settings: VllmSettings) -> Iterator[VllmServer]:
    with tempfile.TemporaryDirectory(prefix="echomind-bench-") as folder:
        server = VllmServer(settings, Path(folder) / "vllm.log")
        server.launch()
        try:
            server.wait_until_ready()
            yield server
        finally:
            server.stop()


async def _turns(backend: Vllm, adapters: Sequence[str]) -> dict[str, list[Turn]]:
    """What each adapter did, in turns; "" is the model. The first turn warms up and is left out."""
    turns: dict[str, list[Turn]] = {adapter: [] for adapter in adapters}
    for _ in range(1 + TURNS):
        for adapter in adapters:
            turns[adapter].append(await _turn(backend, adapter))
    return {adapter: measured[1:] for adapter, measured in turns.items()}


async def _turn(backend: Vllm, adapter: str) -> Turn:
    first_s, _ = await _answer(backend, adapter, words=1)
    long_s, end = await _answer(backend, adapter, words=PROMPT_WORDS)
    written = []
    for streams in STREAMS:
        began = perf_counter()
        answers = [_answer(backend, adapter, words=1) for _ in range(streams)]
        ends = [end for _, end in await asyncio.gather(*answers)]
        written.append(sum(end.completion_tokens for end in ends) / (perf_counter() - began))
    return Turn(first_s, end.prompt_tokens / long_s, written)


async def _answer(backend: Vllm, adapter: str, *, words: int) -> tuple[float, Ended]:
    """Seconds to the first token of one answer, and the server's counts at its end."""
    question = " ".join(f"word{next(_fresh)}" for _ in range(words))
    wanted = Parameters(max_tokens=ANSWER_TOKENS)
    order = Order("bench", (ChatMessage("user", question),), wanted, "bench", adapter=adapter)
    began, first_s = perf_counter(), 0.0
    async for part in backend.generate(order):
        if isinstance(part, Text) and not first_s:
            first_s = perf_counter() - began
        if isinstance(part, Ended):
            return first_s, part
    raise AssertionError("an answer without an end")


def _row(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    main()
