"""A training from its first stage to its last: progress, checkpoints, sample grids and the metric's curve."""

import json
import math
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from imaging.training import checkpoints
from imaging.training.data.sets import PictureSet, shrunk
from imaging.training.errors import CheckpointUnfitError
from imaging.training.metric import sliced_wasserstein
from imaging.training.networks import Networks
from imaging.training.plan import Plan, Stage
from imaging.training.samples import save_grid
from imaging.training.source import Say
from imaging.training.steps import Batches, Losses, seeded_latents, take_step
from imaging.training.traits import Layout

CHECKPOINT_EVERY_S = 240
FIRST_CHECKPOINT_S = 30  # then whenever the time in training has doubled
REPORT_EVERY_S = 20
LONGEST_STEP_S = 10.0  # longer means that the machine or somebody had halted us
MEASURED = 256  # pictures on each side of the metric
SAMPLES = 32
CURVE = "curve.jsonl"  # a point of the metric a line
LOWEST_RATE = 0.1  # of the stage's, at its end


@dataclass
class Progress:
    """How far a training is; kept in the checkpoint."""

    stage: int = 0
    step: int = 0
    pictures: int = 0
    seconds: float = 0.0


class Training:
    """One style's training in one folder."""

    def __init__(
        self, plan: Plan, layout: Layout, data: PictureSet, folder: Path, say: Say, stop: Event
    ) -> None:
        self.plan, self.layout, self.data = plan, layout, data
        self.folder, self.say, self.stop = folder, say, stop
        self.networks = Networks(plan, layout)
        self.progress = Progress()
        self._started = time.monotonic()

    def resume(self) -> bool:
        """Goes on where the last checkpoint is; False where there is none."""
        state = checkpoints.load(self.folder)
        if state is None:
            return False
        try:
            self.progress = Progress(**state["progress"])
            if not self.is_done:
                self.networks.renew_optimisers(self.stage)
            self.networks.load(state["networks"])
        except (KeyError, RuntimeError, TypeError, ValueError) as failure:
            raise CheckpointUnfitError(path=self.folder) from failure
        torch.set_rng_state(state["chance"])
        return True

    @property
    def stage(self) -> Stage:
        return self.plan.stages[self.progress.stage]

    @property
    def is_done(self) -> bool:
        return self.progress.stage >= len(self.plan.stages)

    def run(self, end: float = math.inf) -> None:
        """Trains to the end of the plan, until told to stop, or until a time of the monotonic clock."""
        if self.is_done:
            return
        self._started = time.monotonic()
        if not self.progress.pictures:
            (self.folder / CURVE).unlink(missing_ok=True)  # of a training before this one
            self.keep()
        while not (self.is_done or self._must_stop(end)):
            self._run_stage(end)
        self.keep()

    def _run_stage(self, end: float) -> None:
        stage = self.stage
        batches = Batches(self.data, self.layout, self.plan.size(stage.depth)[0])
        kept = reported = time.monotonic()
        while self.progress.step < stage.steps and not self._must_stop(end):
            self.networks.set_rates(stage, rate_share(self.progress.step / stage.steps))
            losses = take_step(self.networks, stage, batches, self.progress.step)
            self._count(stage)
            now = time.monotonic()
            if now - reported > REPORT_EVERY_S:
                reported = self._report(stage, losses, now)
            if now - kept > self._patience():
                kept = self.keep()
        if self.progress.step >= stage.steps:
            self._next_stage()

    def _patience(self) -> float:
        return min(CHECKPOINT_EVERY_S, max(FIRST_CHECKPOINT_S, self.progress.seconds / 2))

    def _must_stop(self, end: float) -> bool:
        return self.stop.is_set() or time.monotonic() > end

    def _count(self, stage: Stage) -> None:
        now = time.monotonic()
        self.progress.seconds += min(now - self._started, LONGEST_STEP_S)
        self._started = now
        self.progress.step += 1
        self.progress.pictures += stage.batch * stage.accumulate

    def _next_stage(self) -> None:
        self.keep()
        self.progress.stage += 1
        self.progress.step = 0
        if not self.is_done:
            self.networks.renew_optimisers(self.stage)

    def _report(self, stage: Stage, losses: Losses, now: float) -> float:
        done = self.progress
        rate = done.pictures / max(done.seconds, 1e-6)
        left = sum(
            (each.steps - (done.step if number == done.stage else 0)) * each.batch * each.accumulate
            for number, each in enumerate(self.plan.stages)
            if number >= done.stage
        )
        self.say(
            f"{self.plan.style} stage {done.stage + 1}/{len(self.plan.stages)}"
            f" {'×'.join(map(str, self.plan.size(stage.depth)[::-1]))}"
            f" step {done.step}/{stage.steps} critic {losses.critic:.3f} guide {losses.guide:.3f}"
            f" {rate:.1f} pictures/s, {left / max(rate, 1e-6) / 60:.0f} min left"
        )
        return now

    def keep(self) -> float:
        """Writes checkpoint, sample grid and a point of the metric's curve; the time it was done."""
        state = {
            "networks": self.networks.state(),
            "progress": asdict(self.progress),
            "chance": torch.get_rng_state(),
            "plan": self.plan.style,
        }
        checkpoints.save(state, self.folder)
        self._show_samples()
        self._started = time.monotonic()
        return self._started

    def _show_samples(self) -> None:
        depth = self.plan.stages[min(self.progress.stage, len(self.plan.stages) - 1)].depth
        drawn = self.drawn(seeded_latents(self.plan.style, range(MEASURED)), depth)
        metric = sliced_wasserstein(self._real(), drawn)
        point = {**asdict(self.progress), "metric": round(metric, 3), "time": round(time.time())}
        with (self.folder / CURVE).open("a") as file:
            file.write(json.dumps(point) + "\n")
        name = f"samples-{self.progress.pictures:08d}.png"
        save_grid(drawn[:SAMPLES], self.folder / name, max(1, 96 // drawn.shape[1]))
        self.say(f"{self.plan.style}: metric {metric:.2f} after {self.progress.pictures} pictures")

    def _real(self) -> NDArray[np.uint8]:
        """Real pictures, at the size that drawn ones are measured at."""
        times = self.data.pictures.shape[1] // self.plan.native[0]
        return shrunk(self.data.pictures[-MEASURED:], times)

    def drawn(self, z: torch.Tensor, depth: int) -> NDArray[np.uint8]:
        """Pictures of the average at the plan's size: uint8 [n, h, w, 3]."""
        small = torch.cat([self.networks.draw(some, depth) for some in z.split(32)])
        full = functional.interpolate(small, self.plan.native, mode="nearest")
        return ((full + 1) * 127.5 + 0.5).byte().permute(0, 2, 3, 1).numpy()


def rate_share(done: float) -> float:
    """The part of the rate at a part of the stage: a cosine down to its lowest."""
    return LOWEST_RATE + (1 - LOWEST_RATE) * 0.5 * (1 + math.cos(math.pi * min(done, 1.0)))


def curve(folder: Path) -> list[dict[str, Any]]:
    """The points of a training's metric, oldest first."""
    return [json.loads(line) for line in (folder / CURVE).read_text().splitlines()]
