"""The generator: a latent vector becomes a picture, grown from a small grid.

Blocks as in StyleGAN (Karras et al. 2019, 2020) without its noise: the vector, read through the
layout of traits, sets scale and shift of every block. The last doubling is sub-pixel (Shi et al. 2016).
"""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from imaging.latents import FURTHEST
from imaging.training.levels import LATENT, to_normal
from imaging.training.traits import Layout, Trait

STYLE_WIDTH = 192  # entries of the vector that sets scales and shifts
WAVES = 3  # a level also enters as sines and cosines: colours turn fast along it


class TraitReader(nn.Module):
    """Latent vectors [n, 64] as what the network can use: options as one-hot, levels as waves."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self.chosen = [n for n, trait in enumerate(layout.traits) if trait.options]
        self.levels = [n for n, trait in enumerate(layout.traits) if not trait.options]
        self.first_free = len(layout.traits)
        edges = [self._edges(layout.traits[entry]) for entry in self.chosen]
        for number, (low, high) in enumerate(edges):
            self.register_buffer(f"low{number}", low, persistent=False)
            self.register_buffer(f"high{number}", high, persistent=False)
        options = sum(len(low) for low, _ in edges)
        self.width = options + len(self.levels) * (1 + 2 * WAVES) + LATENT - self.first_free

    @staticmethod
    def _edges(trait: Trait) -> tuple[Tensor, Tensor]:
        borders = torch.from_numpy(to_normal(np.array(trait.borders)))
        far = torch.tensor([1e3])
        return torch.cat([-far, borders]), torch.cat([borders, far])

    def forward(self, z: Tensor) -> Tensor:
        parts = [z[:, self.first_free :]]
        for number, entry in enumerate(self.chosen):
            value = z[:, entry : entry + 1]
            inside = (value >= getattr(self, f"low{number}")) & (
                value < getattr(self, f"high{number}")
            )
            parts.append(inside.to(z.dtype))
        if self.levels:
            levels = torch.stack([z[:, entry] for entry in self.levels], 1) / FURTHEST
            turns = [levels * (math.pi * wave) for wave in range(1, WAVES + 1)]
            parts += [levels, *map(torch.sin, turns), *map(torch.cos, turns)]
        return torch.cat(parts, 1)


class Block(nn.Module):
    """Doubles the grid (unless it is the first), convolves, and is set by the style vector."""

    def __init__(self, before: int, after: int, *, first: bool) -> None:
        super().__init__()
        self.first = first
        self.convolution = nn.Conv2d(before, after, 3, padding=1)
        self.setting = nn.Linear(STYLE_WIDTH, 2 * after)
        nn.init.kaiming_normal_(self.convolution.weight, a=0.2)
        nn.init.normal_(self.setting.weight, std=0.2 / math.sqrt(STYLE_WIDTH))
        nn.init.zeros_(self.setting.bias)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        if not self.first:
            x = functional.interpolate(x, scale_factor=2.0, mode="nearest")
        x = self.convolution(x)
        x = x * torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-5)
        scale, shift = self.setting(style)[:, :, None, None].chunk(2, 1)
        return functional.leaky_relu(x * (1 + scale) + shift, 0.2)


class Generator(nn.Module):
    """Vectors [n, 64] to pictures [n, 3, h, w] around -1 … 1, at any of its stages' sizes."""

    def __init__(self, layout: Layout, base: tuple[int, int], channels: Sequence[int]) -> None:
        super().__init__()
        self.base = base
        self.reader = TraitReader(layout)
        self.style = nn.Sequential(
            nn.Linear(self.reader.width, STYLE_WIDTH), nn.LeakyReLU(0.2),
            nn.Linear(STYLE_WIDTH, STYLE_WIDTH), nn.LeakyReLU(0.2),
        )  # fmt: skip
        self.ground = nn.Linear(self.reader.width + STYLE_WIDTH, channels[0] * base[0] * base[1])
        self.blocks = nn.ModuleList(
            Block(channels[max(number - 1, 0)], width, first=number == 0)
            for number, width in enumerate(channels)
        )
        self.heads = nn.ModuleList(nn.Conv2d(width, 12, 3, padding=1) for width in channels)
        for head in self.heads:
            nn.init.normal_(head.weight, std=0.3 / math.sqrt(9 * head.in_channels))

    def forward(self, z: Tensor, depth: int) -> Tensor:
        """Pictures of the stage that uses `depth` blocks: height base × 2 ** depth."""
        seen = self.reader(z)
        style = self.style(seen)
        x = self.ground(torch.cat([seen, style], 1)).view(
            -1, self.blocks[0].convolution.in_channels, *self.base
        )
        for block in self.blocks[:depth]:
            x = block(x, style)
        return functional.pixel_shuffle(self.heads[depth - 1](x), 2)
