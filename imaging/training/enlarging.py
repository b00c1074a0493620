"""Training of the enlarging network, after the generator's: on crops of the data at its full size.

Half of what it sees is the data made small, half is what the generator draws for the same traits: so it
also learns to mend what the generator gets wrong.
"""

import math
import time
from dataclasses import asdict, dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from imaging.training import checkpoints
from imaging.training.data.sets import PictureSet, shrunk
from imaging.training.errors import CheckpointUnfitError
from imaging.training.loop import CHECKPOINT_EVERY_S, REPORT_EVERY_S, Training, rate_share
from imaging.training.losses import guide_loss
from imaging.training.networks import GUIDED_BETAS
from imaging.training.plan import Upscaling
from imaging.training.samples import save_grid
from imaging.training.steps import data_latents
from imaging.training.upscaler import Upscaler, crops

FOLDER = "enlarging"
SHOWN = 6  # pictures of a sample grid
DRAWN_AT_ONCE = 16


@dataclass
class EnlargingProgress:
    """How far it is; kept in the checkpoint."""

    step: int = 0
    seconds: float = 0.0


class Enlarging:
    """The second part of a training, in a folder below the first one's."""

    def __init__(self, training: Training, choices: Upscaling, data: PictureSet) -> None:
        self.plan, self.networks = training.plan, training.networks
        self.choices, self.data = choices, data
        self.folder, self.say, self.stop = training.folder / FOLDER, training.say, training.stop
        self.upscaler = Upscaler(choices.factor, choices.channels).to(self.networks.device)
        self.steps = torch.optim.Adam(self.upscaler.parameters(), choices.rate, GUIDED_BETAS)
        self.progress = EnlargingProgress()

    def resume(self) -> bool:
        """Goes on where the last checkpoint is; False where there is none."""
        state = checkpoints.load(self.folder)
        if state is None:
            return False
        try:
            self.upscaler.load_state_dict(state["upscaler"])
            self.steps.load_state_dict(state["steps"])
            self.progress = EnlargingProgress(**state["progress"])
        except (KeyError, RuntimeError, TypeError, ValueError) as failure:
            raise CheckpointUnfitError(path=self.folder) from failure
        return True

    def run(self, end: float = math.inf) -> None:
        """Trains to the end of the plan or until a time of the monotonic clock."""
        if self.progress.step >= self.choices.steps:
            return
        large = _channels_first(self.data.pictures)
        smalls = [_channels_first(shrunk(self.data.pictures, self.choices.factor))]
        if self.data.levels is not None:
            smalls.append(_channels_first(self._generated(self.data.levels)))
        started = kept = reported = time.monotonic()
        while self.progress.step < self.choices.steps and not self.stop.is_set():
            loss = self._step(smalls[self.progress.step % len(smalls)], large)
            now = time.monotonic()
            self.progress.seconds += now - started
            started = now
            if now - reported > REPORT_EVERY_S:
                reported = now
                self.say(
                    f"{self.plan.style} enlarging step {self.progress.step}/{self.choices.steps}"
                    f" guide {loss:.3f}"
                )
            if now - kept > CHECKPOINT_EVERY_S:
                kept = started = self._keep(smalls[-1])
            if now > end:
                break
        self._keep(smalls[-1])

    def _step(self, small: Tensor, large: Tensor) -> float:
        share = rate_share(self.progress.step / self.choices.steps)
        for group in self.steps.param_groups:
            group["lr"] = self.choices.rate * share
        chosen = torch.randint(len(large), (self.choices.batch,)).tolist()
        given, wanted = crops(small, large, chosen, self.choices.crop)
        with self.networks.precision():
            made = self.upscaler(given.to(self.networks.device)).float()
        loss = guide_loss(made, wanted.to(self.networks.device))
        self.steps.zero_grad()
        loss.backward()
        self.steps.step()
        self.progress.step += 1
        return float(loss.detach())

    def _generated(self, levels: NDArray[np.float64]) -> NDArray[np.uint8]:
        """What the generator draws for the traits of the data: uint8 [n, h, w, 3]."""
        depth = self.plan.stages[-1].depth
        drawn = [self.networks.draw(z, depth) for z in data_latents(levels).split(DRAWN_AT_ONCE)]
        return as_levels(torch.cat(drawn))

    def _keep(self, small: Tensor) -> float:
        checkpoints.save(
            {
                "upscaler": self.upscaler.state_dict(),
                "steps": self.steps.state_dict(),
                "progress": asdict(self.progress),
            },
            self.folder,
        )
        with torch.no_grad(), self.networks.precision():
            given = small[:SHOWN].float().div(127.5).sub(1).to(self.networks.device)
            made = self.upscaler(given).float().cpu().clamp(-1, 1)
        save_grid(as_levels(made), self.folder / f"samples-{self.progress.step:06d}.png")
        return time.monotonic()


def _channels_first(pictures: NDArray[np.uint8]) -> Tensor:
    return torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2)


def as_levels(pictures: Tensor) -> NDArray[np.uint8]:
    """Pictures [n, 3, h, w] in -1 … 1 as uint8 [n, h, w, 3]."""
    levels: NDArray[np.uint8] = (
        ((pictures + 1) * 127.5 + 0.5).byte().permute(0, 2, 3, 1).contiguous().numpy()
    )
    return levels
