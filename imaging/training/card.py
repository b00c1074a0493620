"""Model cards: what a file of weights was made of, how long, and how near to its data it came."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from imaging.training.export import Exported, Metadata
from imaging.training.metric import Values
from imaging.training.plan import Plan
from imaging.training.quality import Quality


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
        first=first["metric"], middle=middle["metric"], last=last["metric"],
        **_compared(quality),
        megabytes=f"{exported.bytes / 1e6:.2f}", difference=f"{exported.difference:.0e}",
        times=times, memory=f"{exported.memory / 1e6:.0f}",
    )  # fmt: skip
    path.write_text(text)


def _compared(quality: Quality) -> dict[str, str]:
    """The measures as the card shows them."""
    drawn, real = quality.drawn, quality.real
    return {
        "count": f"{len(drawn.data):,}", "strange": f"{quality.strange:,}",
        "metric": f"{drawn.metric:.2f}", "real_metric": f"{real.metric:.2f}",
        "apart": _spread(drawn.each_other), "real_apart": _spread(real.each_other),
        "away": _spread(drawn.data), "real_away": _spread(real.data),
    }  # fmt: skip


def _spread(distances: Values) -> str:
    return f"{np.median(distances):.3f} ({distances.min():.3f} to {distances.max():.3f})"


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
- **While it learnt** (sliced Wasserstein on patches, × 1000, lower is nearer, comparable within this style
  alone): start {first}, middle {middle}, end {last}.
- **The file against its data**, real pictures measured in the same way. Neighbours: root mean square over
  small copies, 0 to 1, as median (least to most). Were it copying, it would be nearer to the data than real
  pictures are; were seeds alike, nearer to each other.

  | of {count} pictures | seeds from 0 | real |
  |---|---|---|
  | sliced Wasserstein from other real ones | {metric} | {real_metric} |
  | nearest among themselves | {apart} | {real_apart} |
  | nearest of the other data | {away} | {real_away} |

  {strange} of the seeds lie further from the data than any real picture does.
- **Seeds**: 0 to 2147483647, none left out: every picture of the grid above is as drawn.
- **File**: {megabytes} MB, half-precision weights, float32 arithmetic; largest difference from torch
  {difference}. One picture, p50 / p99 on a busy machine: {times}.
  Opening it takes {memory} MB of memory.
"""
