"""DiffAugment (Zhao et al. 2020): the critic sees all pictures changed at random, gradients pass through."""

import torch
from torch import Tensor
from torch.nn import functional


def augment(pictures: Tensor, kinds: tuple[str, ...]) -> Tensor:
    """Pictures [n, 3, h, w] changed by `colour`, `translation` and `cutout`, as named."""
    for kind in kinds:
        pictures = CHANGES[kind](pictures)
    return pictures


def _colour(pictures: Tensor) -> Tensor:
    """Brightness, saturation and contrast."""
    count = pictures.shape[0]
    pictures = pictures + (torch.rand(count, 1, 1, 1) - 0.5).to(pictures) * 0.4
    grey = pictures.mean(1, keepdim=True)
    pictures = (pictures - grey) * _around_one(pictures, 0.4) + grey
    middle = pictures.mean((1, 2, 3), keepdim=True)
    return (pictures - middle) * _around_one(pictures, 0.3) + middle


def _around_one(pictures: Tensor, reach: float) -> Tensor:
    return 1 + (torch.rand(pictures.shape[0], 1, 1, 1).to(pictures) * 2 - 1) * reach


def _translation(pictures: Tensor) -> Tensor:
    """Moved by up to an eighth, the edge repeated."""
    height, width = pictures.shape[2:]
    down, right = max(1, height // 8), max(1, width // 8)
    padded = functional.pad(pictures, (right, right, down, down), mode="replicate")
    moves = zip(
        torch.randint(0, 2 * down + 1, (len(pictures),)).tolist(),
        torch.randint(0, 2 * right + 1, (len(pictures),)).tolist(),
        strict=True,
    )
    return torch.stack(
        [padded[n, :, y : y + height, x : x + width] for n, (y, x) in enumerate(moves)]
    )


def _cutout(pictures: Tensor) -> Tensor:
    """A rectangle of a third of each side made grey."""
    height, width = pictures.shape[2:]
    tall, wide = height // 3, width // 3
    mask = torch.ones(len(pictures), 1, height, width).to(pictures)
    for each in mask:
        y = int(torch.randint(0, height - tall + 1, (1,)))
        x = int(torch.randint(0, width - wide + 1, (1,)))
        each[:, y : y + tall, x : x + wide] = 0
    return pictures * mask


CHANGES = {"colour": _colour, "translation": _translation, "cutout": _cutout}
