"""One step of training: the critic's turn, then the generator's, over a few batches each."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from imaging.latents import latent
from imaging.training.augment import augment
from imaging.training.data.sets import PictureSet
from imaging.training.levels import LATENT, LOWEST, SPAN, to_normal
from imaging.training.losses import critic_loss, gradient_penalty, guide_loss
from imaging.training.networks import Networks
from imaging.training.plan import Stage
from imaging.training.traits import Layout


@dataclass(frozen=True, slots=True)
class Losses:
    """What a step came to: distance of the scores (real - drawn), and from the guide."""

    critic: float
    guide: float


class Batches:
    """Random batches of a data set at one size, with latent vectors that fit their traits."""

    def __init__(self, data: PictureSet, layout: Layout, height: int) -> None:
        self._pictures = data.at_height(height)
        self._traits = len(layout.traits) if data.levels is not None else 0
        self._latents = None if data.levels is None else data_latents(data.levels)

    def take(self, count: int) -> tuple[Tensor, Tensor]:
        """Pictures [n, 3, h, w] in -1 … 1 and vectors [n, 64]; entries that no trait sets are new."""
        chosen = torch.randint(len(self._pictures), (count,))
        some = torch.from_numpy(self._pictures[chosen.numpy()])
        z = random_latents(count)
        if self._latents is not None:
            z[:, : self._traits] = self._latents[chosen, : self._traits]
        pictures = some.permute(0, 3, 1, 2).float().div_(127.5).sub_(1)
        return pictures.contiguous(memory_format=torch.channels_last), z


def random_latents(count: int) -> Tensor:
    """Vectors [n, 64] of torch's own chance."""
    shares = LOWEST + SPAN * torch.rand(count, LATENT, dtype=torch.float64)
    return torch.special.ndtri(shares).float()


def data_latents(levels: NDArray[np.float64]) -> Tensor:
    """Vectors [n, 64] of the levels that pictures were drawn from."""
    return torch.from_numpy(to_normal(levels))


def seeded_latents(style: str, seeds: range) -> Tensor:
    """Vectors [n, 64] of a style's seeds."""
    return torch.from_numpy(np.stack([latent(style, seed, LATENT) for seed in seeds]))


def take_step(networks: Networks, stage: Stage, batches: Batches, step: int) -> Losses:
    """One update of the critic (if the stage has one) and one of the generator."""
    distance = _critic_turn(networks, stage, batches, step) if stage.critic else 0.0
    losses = Losses(distance, _generator_turn(networks, stage, batches))
    networks.follow(step)
    return losses


def _critic_turn(networks: Networks, stage: Stage, batches: Batches, step: int) -> float:
    networks.critic_steps.zero_grad()
    score = partial(networks.critic, depth=stage.depth)
    for _ in range(stage.accumulate):
        real, z = (each.to(networks.device) for each in batches.take(stage.batch))
        with networks.precision():
            with torch.no_grad():
                drawn = networks.generator(z, stage.depth).float()
            real, drawn = (augment(each, networks.plan.augment) for each in (real, drawn))
            scores = score(real), score(drawn)
            loss = critic_loss(*scores)
            if step % stage.penalty_every == 0:
                weight = stage.penalty * stage.penalty_every
                loss = loss + weight * gradient_penalty(score, real, drawn)
        (loss / stage.accumulate).backward()
    networks.critic_steps.step()
    return float((scores[0].mean() - scores[1].mean()).detach())


def _generator_turn(networks: Networks, stage: Stage, batches: Batches) -> float:
    networks.generator_steps.zero_grad()
    guided = torch.zeros(())
    for _ in range(stage.accumulate):
        real, z = (each.to(networks.device) for each in batches.take(stage.batch))
        with networks.precision():
            drawn = networks.generator(z, stage.depth).float()
            loss = torch.zeros((), device=networks.device)
            if stage.critic:
                seen = augment(drawn, networks.plan.augment)
                loss = loss - stage.critic * networks.critic(seen, stage.depth).mean()
        if stage.guide:
            guided = guide_loss(drawn, real)
            loss = loss + stage.guide * guided
        (loss / stage.accumulate).backward()
    networks.generator_steps.step()
    return float(guided.detach())
