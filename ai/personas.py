"""The assistants that every site begins with, as `personas.toml` describes them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).with_name("personas.toml")
ByLanguage = Mapping[str, str]  # zh-hant, en, ja, ko


@dataclass(frozen=True, slots=True)
class Persona:
    """An assistant as the site first knows it. `name` is what rooms show, `names` are for cards."""

    username: str
    name: str
    names: ByLanguage
    descriptions: ByLanguage
    greetings: ByLanguage
    instructions: ByLanguage
    tools: tuple[str, ...] = ()
    joins_new_rooms: bool = False


@cache
def personas() -> tuple[Persona, ...]:
    """All of them; the first is the general one."""
    listed = tomllib.loads(FILE.read_text())["persona"]
    return msgspec.convert(listed, tuple[Persona, ...])
