"""What a style's training does: one TOML file a style in `plans/`, with larger sizes for CUDA."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from imaging.training.errors import PlanUnknownError

FOLDER = Path(__file__).parent / "plans"


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps at one size. A weight of 0 leaves the critic, or the guide, out."""

    depth: int  # blocks in use: the pictures' height is base × 2 ** depth
    steps: int
    batch: int
    critic: float = 0.0
    guide: float = 1.0
    generator_rate: float = 2e-3
    critic_rate: float = 1e-3
    penalty: float = 10.0
    penalty_every: int = 1
    accumulate: int = 1


@dataclass(frozen=True, slots=True)
class Upscaling:
    """Steps of the second network, which learns on crops to enlarge what the first one draws."""

    factor: int
    steps: int
    batch: int
    crop: int  # pixels before enlarging
    pictures: int
    channels: int
    rate: float = 2e-3


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything about a style's training that is a choice."""

    style: str
    renderer: str
    pictures: int
    shown: tuple[int, int]  # height, width of what people see
    scaling: str  # how smaller pictures get to that size: nearest or lanczos
    base: tuple[int, int]
    channels: tuple[int, ...]
    critic_channels: tuple[int, ...]
    stages: tuple[Stage, ...]
    augment: tuple[str, ...] = ("colour", "translation", "cutout")
    average: float = 0.998
    upscaling: Upscaling | None = None

    def size(self, depth: int) -> tuple[int, int]:
        """Height and width of pictures of a depth."""
        return self.base[0] * 2**depth, self.base[1] * 2**depth

    @property
    def native(self) -> tuple[int, int]:
        """Height and width that the generator ends at."""
        return self.size(self.stages[-1].depth)


def load_plan(style: str, *, cuda: bool = False) -> Plan:
    """The plan of a style. PlanUnknownError names the styles that there are."""
    path = FOLDER / f"{style}.toml"
    if path.stem not in styles():
        raise PlanUnknownError(style=style, styles=", ".join(styles()))
    table = tomllib.loads(path.read_text())
    larger = table.pop("cuda", {})
    if cuda:
        table |= larger
    return _plan(table)


def styles() -> list[str]:
    """The styles that have a plan."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def without_guide(plan: Plan) -> Plan:
    """The same plan for pictures whose traits nobody knows: the critic alone teaches."""
    stages = (replace(stage, guide=0.0, critic=stage.critic or 1.0) for stage in plan.stages)
    return replace(plan, stages=tuple(stages))


def _plan(table: dict[str, Any]) -> Plan:
    stages = tuple(Stage(**each) for each in table.pop("stages"))
    upscaling = table.pop("upscaling", None)
    listed = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return Plan(
        **(table | listed), stages=stages, upscaling=Upscaling(**upscaling) if upscaling else None
    )
