"""The enlarging network: what a generator draws, several times larger and with the data's sharp edges."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional


class Upscaler(nn.Module):
    """Pictures [n, 3, h, w] in -1 … 1 to `factor` times the size.

    Convolves at the small size only; the enlarging is sub-pixel (Shi et al. 2016), added to a smooth one.
    """

    def __init__(self, factor: int, channels: int) -> None:
        super().__init__()
        self.factor = factor
        self.entry = nn.Conv2d(3, channels, 5, padding=2)
        self.middle = nn.ModuleList(nn.Conv2d(channels, channels, 3, padding=1) for _ in range(3))
        self.head = nn.Conv2d(channels, 3 * factor**2, 3, padding=1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, pictures: Tensor) -> Tensor:
        x = functional.leaky_relu(self.entry(pictures), 0.2)
        for layer in self.middle:
            x = x + functional.leaky_relu(layer(x), 0.2)
        smooth = functional.interpolate(
            pictures, scale_factor=float(self.factor), mode="bilinear", align_corners=False
        )
        return smooth + functional.pixel_shuffle(self.head(x), self.factor)


def crops(small: Tensor, large: Tensor, chosen: Sequence[int], side: int) -> tuple[Tensor, Tensor]:
    """The same random squares of pictures in both sizes: `side` pixels of the small ones."""
    factor = large.shape[2] // small.shape[2]
    rows = torch.randint(small.shape[2] - side + 1, (len(chosen),)).tolist()
    columns = torch.randint(small.shape[3] - side + 1, (len(chosen),)).tolist()
    places = list(zip(chosen, rows, columns, strict=True))
    return (
        torch.stack([_cut(small[n], y, x, side) for n, y, x in places]),
        torch.stack([_cut(large[n], y * factor, x * factor, side * factor) for n, y, x in places]),
    )


def _cut(picture: Tensor, y: int, x: int, side: int) -> Tensor:
    return picture[:, y : y + side, x : x + side].float().div(127.5).sub(1)
