"""What generator and critic are told: WGAN-GP (Gulrajani et al. 2017), and the guide of known traits."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

DRIFT = 1e-3  # keeps the critic's scores near zero (Karras et al. 2018)
DETAIL = 8.0  # how much more fine parts count

Score = Callable[[Tensor], Tensor]


def critic_loss(real: Tensor, drawn: Tensor) -> Tensor:
    """Scores of drawn pictures down, of real ones up."""
    return drawn.mean() - real.mean() + DRIFT * real.square().mean()


def gradient_penalty(score: Score, real: Tensor, drawn: Tensor) -> Tensor:
    """Mean squared distance of the score's slope from 1, between pairs of pictures [n, 3, h, w]."""
    part = torch.rand(len(real), 1, 1, 1).to(real)
    between = (part * real + (1 - part) * drawn).detach().requires_grad_(requires_grad=True)
    (slope,) = torch.autograd.grad(score(between).sum(), between, create_graph=True)
    penalty: Tensor = (slope.float().flatten(1).norm(dim=1) - 1).square().mean()
    return penalty


def guide_loss(drawn: Tensor, wanted: Tensor) -> Tensor:
    """Distance from the picture that a renderer drew for the same traits, in colour and in edges.

    Where the wanted picture has fine parts (eyes, lines) it counts more: they are few pixels. Scaled so
    that its slope at a picture is about 1 long, as the critic's is.
    """
    fine = (wanted - functional.avg_pool2d(wanted, 5, 1, 2, count_include_pad=False)).abs()
    weight = 1 + DETAIL * fine.mean(1, keepdim=True)
    difference = (drawn - wanted) * (weight / weight.mean())
    edges = difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()
    scale = float(difference[0].numel()) ** 0.5
    return (difference.abs().mean() + 0.5 * edges) * scale
