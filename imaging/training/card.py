"""Model cards: what a file of weights was made of, how long, and how near to its data it came."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from imaging.training.export import Exported, Metadata
from imaging.training.metric import neighbour_distances, sliced_wasserstein
from imaging.training.plan import Plan

LOOKED_AT = 1000  # pictures whose nearest neighbours are sought


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures of a file's pictures against the data, all by the same functions."""

    real: float  # metric of real pictures against other real ones: as low as it can get
    metric: float
    nearest: float  # median distance to the nearest other drawn picture
    nearest_real: float  # the same among real pictures
    nearest_data: float  # median distance to the nearest picture of the data


def measure(drawn: NDArray[np.uint8], data: NDArray[np.uint8]) -> Quality:
    """Compares as many drawn pictures [n, h, w, 3] with the data, of the same size."""
    count = len(drawn)
    first, second = data[:count], data[-count:]
    sampled = slice(0, 256)
    return Quality(
        real=sliced_wasserstein(second[sampled], first[sampled]),
        metric=sliced_wasserstein(second[sampled], drawn[sampled]),
        nearest=float(np.median(neighbour_distances(drawn))),
        nearest_real=float(np.median(neighbour_distances(first))),
        nearest_data=float(np.median(neighbour_distances(drawn, data))),
    )


def write_card(
    path: Path, plan: Plan, metadata: Metadata, exported: Exported, quality: Quality,
    curve: Sequence[dict[str, Any]],
) -> None:  # fmt: skip
    """A model card beside the weights, in Markdown."""
    first, middle, last = curve[0], _halfway(curve), curve[-1]
    times = "; ".join(
        f"{threads} thread{'s' * (threads > 1)} {p50} / {p99} ms"
        for threads, (p50, p99) in exported.milliseconds.items()
    )
    text = TEMPLATE.format(
        style=plan.style, native=metadata["native"], shown="×".join(map(str, plan.shown[::-1])),
        data=metadata["data"], origin=OF_FOLDER if metadata["traits"] == "[]" else DRAWN,
        seen=f"{last['pictures']:,}", judged=f"{_judged(plan, last):,}",
        minutes=round(last["seconds"] / 60),
        first=first["metric"], middle=middle["metric"], last=f"{quality.metric:.2f}",
        real=f"{quality.real:.2f}", nearest=f"{quality.nearest:.3f}",
        nearest_real=f"{quality.nearest_real:.3f}", nearest_data=f"{quality.nearest_data:.3f}",
        megabytes=f"{exported.bytes / 1e6:.2f}", difference=f"{exported.difference:.0e}",
        times=times, memory=f"{exported.memory / 1e6:.0f}",
    )  # fmt: skip
    path.write_text(text)


def _judged(plan: Plan, point: dict[str, Any]) -> int:
    """Pictures seen in stages that have a critic."""
    return sum(
        (point["step"] if number == point["stage"] else stage.steps)
        * stage.batch
        * stage.accumulate
        for number, stage in enumerate(plan.stages)
        if stage.critic and number <= point["stage"]
    )


def _halfway(curve: Sequence[dict[str, Any]]) -> dict[str, Any]:
    half = curve[-1]["pictures"] / 2
    return min(curve, key=lambda point: abs(point["pictures"] - half))


DRAWN = """**They are drawn by a program, not photographed**;
  nobody real is shown. A folder of photographs trains the same way: `train_gan --style … --data FOLDER`."""
OF_FOLDER = "Their rights are those of the folder."
TEMPLATE = """# {style}

![32 pictures, seeds 0 to 31]({style}.webp)

A generator from a latent vector of 64 numbers to {native} pixels, shown at {shown}.

- **Data**: {data}. {origin}
- **Training**: WGAN-GP with DiffAugment and averaged weights, grown from small to large
  (`imaging/training/plans/{style}.toml`). Where a renderer's traits are known, a guide shows the generator
  what was drawn for the same traits; with a folder, the critic alone teaches.
  {seen} pictures seen in {minutes} minutes on one busy thread of a processor, {judged} of them with the
  critic taking part.
- **Distance from the data** (sliced Wasserstein on patches, × 1000, lower is nearer, comparable within this
  style alone): start {first}, middle {middle}, end {last}; real pictures against real ones {real}.
- **Diversity** (median distance to the nearest neighbour, 0 to 1): {nearest} among 1,000 seeds,
  {nearest_real} among 1,000 real pictures; {nearest_data} to the nearest picture of the data.
- **Seeds**: 0 to 2147483647, none left out: every picture of the grid above is as drawn.
- **File**: {megabytes} MB, half-precision weights, float32 arithmetic; largest difference from torch
  {difference}. One picture, p50 / p99 on a busy machine: {times}.
  Opening it takes {memory} MB of memory.
"""
