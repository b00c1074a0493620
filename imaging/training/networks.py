"""The networks of one training with their optimisers, on the device and in the precision that there is."""

import copy
from contextlib import AbstractContextManager
from typing import Any

import torch
from torch import Tensor, nn

from imaging.training.critic import Critic
from imaging.training.generator import Generator
from imaging.training.plan import Plan, Stage
from imaging.training.traits import Layout

BETAS = (0.0, 0.99)  # of Adam against a critic; a guide alone bears momentum
GUIDED_BETAS = (0.9, 0.99)


class Networks:
    """Generator, its running average, critic and their optimisers."""

    def __init__(self, plan: Plan, layout: Layout) -> None:
        self.plan = plan
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.generator = self._placed(Generator(layout, plan.base, plan.channels))
        self.critic = self._placed(Critic(plan.base, plan.critic_channels))
        self.average = copy.deepcopy(self.generator).requires_grad_(requires_grad=False)
        self.renew_optimisers(plan.stages[0])

    def _placed(self, network: nn.Module) -> Any:
        return network.to(self.device, memory_format=torch.channels_last)

    def renew_optimisers(self, stage: Stage) -> None:
        """Fresh ones for a stage: its layers are new."""
        betas = BETAS if stage.critic else GUIDED_BETAS
        self.generator_steps = torch.optim.Adam(
            self.generator.parameters(), stage.generator_rate, betas
        )
        self.critic_steps = torch.optim.Adam(self.critic.parameters(), stage.critic_rate, BETAS)

    def precision(self) -> AbstractContextManager[None]:
        """bfloat16 where the machine computes in it, else float32."""
        able = self.device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001
        context: AbstractContextManager[None] = torch.autocast(
            self.device.type, torch.bfloat16, enabled=able
        )
        return context

    def set_rates(self, stage: Stage, share: float) -> None:
        """Both rates at a share of the stage's."""
        for optimiser, rate in (
            (self.generator_steps, stage.generator_rate),
            (self.critic_steps, stage.critic_rate),
        ):
            for group in optimiser.param_groups:
                group["lr"] = rate * share

    @torch.no_grad()
    def follow(self, step: int) -> None:
        """Moves the average towards the generator, faster in the beginning."""
        keep = min(self.plan.average, (1 + step) / (10 + step))
        pairs = zip(self.average.parameters(), self.generator.parameters(), strict=True)
        for kept, fresh in pairs:
            kept.lerp_(fresh, 1 - keep)

    @torch.no_grad()
    def draw(self, z: Tensor, depth: int) -> Tensor:
        """Pictures of the average: float32 [n, 3, h, w] in -1 … 1."""
        with self.precision():
            return self.average(z.to(self.device), depth).float().clamp(-1, 1).cpu()

    def state(self) -> dict[str, Any]:
        return {name: getattr(self, name).state_dict() for name in PARTS}

    def load(self, state: dict[str, Any]) -> None:
        for name in PARTS:
            getattr(self, name).load_state_dict(state[name])


PARTS = ("generator", "average", "critic", "generator_steps", "critic_steps")
