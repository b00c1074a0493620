"""B7: what a picture costs beside its generator's bare run, and what chat costs while pictures are made.

The bare run is `session.run` on the file, in this process as well. The whole picture also has files on
the disk and a row; while pictures are made, the drawing process stands on the server's core as politely
as the stack starts it.
"""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

import numpy as np
import onnxruntime
from asgiref.sync import sync_to_async

from bench.load.sending import Block, Sending, join
from bench.pairs import interleave, percentile
from bench.population import make_people
from bench.processor import pin
from bench.report import Figure, Result, delay, milliseconds, ratio
from bench.stage import Stage
from echomind.stack.workers import DRAWING_NICENESS
from imaging.generators.registry import open_generator
from imaging.latents import latent
from imaging.services.drawing import draw_picture
from imaging.services.styles import style_of
from imaging.types import SHIBA, Drawing

SENDERS, SENDS_PER_S = 4, 30
TIME_GOAL = 1 / 0.92
DELAY_GOAL_MS, CHAT_GOAL = 8.0, 1.5


async def run(stage: Stage) -> Result:
    """The generator beside the bare run, the whole picture beside it, chat beside drawing."""
    draw, bare = await sync_to_async(_sides)()
    seconds = stage.scale.block_s
    drawn = await interleave(_block(draw, seconds), _block(bare, seconds), pairs=stage.scale.pairs)
    whole = await interleave(
        _block(_whole, seconds), _block(bare, seconds), pairs=stage.scale.pairs
    )
    return Result(
        name="B7",
        figures=[
            ratio("drawing a Shiba", drawn, _each, told=milliseconds, at_most=TIME_GOAL),
            delay("a whole picture, above it", whole, _each, at_most_ms=DELAY_GOAL_MS),
            await _chat(stage),
        ],
    )


def _sides() -> tuple[Callable[[int], object], Callable[[int], object]]:
    style = style_of(SHIBA)
    generator = open_generator(style.generator, style.file, style.sha256)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        str(style.file), options, providers=["CPUExecutionProvider"]
    )
    z = latent(SHIBA, 0, 64)[np.newaxis]
    return generator.draw, lambda _: session.run(["image"], {"z": z})


def _whole(seed: int) -> object:
    return draw_picture(Drawing(SHIBA, seed), maker=None)


def _block(act: Callable[[int], object], seconds: float) -> Callable[[], asyncio.Future[float]]:
    """A block that does something again and again; it tells the seconds of each time."""

    def measured() -> float:
        times, began = 0, perf_counter()
        while not times or perf_counter() < began + seconds:
            act(times)
            times += 1
        return (perf_counter() - began) / times

    return sync_to_async(measured)  # type: ignore[return-value]


def _each(seconds: float) -> float:
    return seconds


async def _chat(stage: Stage) -> Figure:
    """Sends while pictures are made, beside sends on an idle machine."""
    with stage.site() as site, _drawing(stage) as process:
        senders = []
        for _ in range(SENDERS):
            people = await make_people(1)
            senders.append(await join(site.port, people.room.slug, people.tokens[0]))
        sending = Sending(
            senders, site.pids, stage.stores.pids, rate=SENDS_PER_S, seconds=stage.scale.block_s
        )

        async def while_drawing() -> Block:
            process.send_signal(signal.SIGCONT)
            try:
                return await sending.block()
            finally:
                process.send_signal(signal.SIGSTOP)

        pairs = await interleave(while_drawing, sending.block, pairs=stage.scale.pairs)
    return ratio(
        "p99 to the ack while pictures are made",
        pairs,
        _p99,
        told=milliseconds,
        at_most=CHAT_GOAL,
        controlled=False,
    )


def _p99(block: Block) -> float:
    return percentile(block.delays, 0.99)


@contextmanager
def _drawing(stage: Stage) -> "Iterator[subprocess.Popen[bytes]]":
    """A process that draws, halted, on the server's core."""
    argv = ["nice", "-n", str(DRAWING_NICENESS), sys.executable, "-m", "bench.load.drawing"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()
        pin(process.pid, stage.cores.server)
        process.send_signal(signal.SIGSTOP)
        try:
            yield process
        finally:
            process.kill()
