"""The critic of a WGAN: one number a picture, higher for those like the data."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

GROUP = (
    4  # pictures whose spread the critic sees together (minibatch deviation, Karras et al. 2018)
)


class Critic(nn.Module):
    """Pictures [n, 3, h, w] of any stage to scores [n]. `channels` from the smallest grid upwards."""

    def __init__(self, base: tuple[int, int], channels: Sequence[int]) -> None:
        super().__init__()
        self.entries = nn.ModuleList(nn.Conv2d(3, width, 4, 2, 1) for width in channels)
        self.blocks = nn.ModuleList(
            nn.Conv2d(channels[number], channels[number - 1], 4, 2, 1)
            for number in range(1, len(channels))
        )
        self.last = nn.Conv2d(channels[0] + 1, channels[0], 3, padding=1)
        self.score = nn.Linear(channels[0] * base[0] * base[1], 1)
        for layer in [*self.entries, *self.blocks, self.last]:
            nn.init.kaiming_normal_(layer.weight, a=0.2)

    def forward(self, pictures: Tensor, depth: int) -> Tensor:
        """Scores of pictures of the stage with `depth` blocks."""
        x = functional.leaky_relu(self.entries[depth - 1](pictures), 0.2)
        for number in range(depth - 2, -1, -1):
            x = functional.leaky_relu(self.blocks[number](x), 0.2)
        x = torch.cat([x, _spread(x)], 1)
        x = functional.leaky_relu(self.last(x), 0.2)
        return self.score(x.flatten(1)).float().squeeze(1)


def _spread(x: Tensor) -> Tensor:
    """How much the pictures of a group differ, as one more channel: a generator cannot repeat itself."""
    count = x.shape[0]
    group = GROUP if count % GROUP == 0 else 1
    split = x.float().view(group, count // group, *x.shape[1:])
    deviation = (split.var(0, unbiased=False) + 1e-6).sqrt().mean((1, 2, 3))
    channel = deviation.repeat(group).view(count, 1, 1, 1).to(x.dtype)
    return channel.expand(-1, 1, *x.shape[2:])
