"""What an ONNX file says of itself in its metadata, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import msgspec

from imaging.errors import GeneratorUnfitError
from imaging.generators.base import Sheet, Trait
from imaging.types import HIGHEST_SEED

Scaling = Literal["nearest", "lanczos", "none"]
LARGEST_SIDE = 4096


@dataclass(frozen=True, slots=True)
class Card:
    """The sheet, the length of `z`, and how the picture is brought to the size it is shown in."""

    sheet: Sheet
    latent: int
    scaling: Scaling


def read_card(metadata: Mapping[str, str]) -> Card:
    """The card of `width`, `height`, `latent`, `scaling`, `style`, `seed_space`, `traits`.

    Raises GeneratorUnfitError with the name of what is missing or wrong.
    """
    scaling = metadata.get("scaling", "none")
    if scaling not in get_args(Scaling):
        raise GeneratorUnfitError(reason=f"scaling is {scaling[:40]!r}")
    sheet = Sheet(
        style=metadata.get("style", ""),
        width=_number(metadata, "width", LARGEST_SIDE),
        height=_number(metadata, "height", LARGEST_SIDE),
        seeds=_number(metadata, "seed_space", HIGHEST_SEED + 1, missing=HIGHEST_SEED + 1),
        traits=_traits(metadata.get("traits", "[]")),
    )
    return Card(sheet, _number(metadata, "latent", LARGEST_SIDE, missing=64), scaling)  # type: ignore[arg-type]


def _traits(told: str) -> tuple[Trait, ...]:
    try:
        return tuple(msgspec.json.decode(told, type=list[Trait]))
    except msgspec.MsgspecError as error:
        raise GeneratorUnfitError(reason=f"traits: {error}"[:200]) from error


def _number(metadata: Mapping[str, str], name: str, most: int, missing: int | None = None) -> int:
    told = metadata.get(name)
    if told is None and missing is not None:
        return missing
    if told is None or not told.isdecimal() or not 0 < int(told) <= most:
        raise GeneratorUnfitError(reason=f"{name} is {(told or 'missing')[:40]!r}")
    return int(told)
