"""What people see listed and choose from: presets, models, servers, assistants, as plain values.

Other apps have them from `ai.types`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ai.parameters import Parameters


@dataclass(frozen=True, slots=True)
class PresetSummary:
    """A preset as others may list it; one that is not the person's own is the site's."""

    slug: str
    name: str
    is_own: bool
    parameters: Parameters


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a model server can do, as it told. `server` names its kind, `parameters` what it honours."""

    server: str
    model: str
    context_tokens: int | None
    parameters: frozenset[str]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that may be chosen; without `abilities` while its server does not answer."""

    id: int
    title: str
    server: str
    is_default: bool
    context_tokens: int | None
    abilities: Abilities | None


@dataclass(frozen=True, slots=True)
class AssistantCard:
    """An assistant as one person may list it, in that person's language."""

    user_id: int
    username: str
    name: str
    description: str
    greeting: str
    is_public: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class SeededAssistant:
    """An assistant of the site's own, as it is or was just made."""

    user_id: int
    username: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class AssistantProfile:
    """What an owner may set about an assistant: texts by language, ids, a preset's slug, names."""

    name: str
    description: str = ""
    is_public: bool = False
    greetings: Mapping[str, str] = field(default_factory=dict)
    instructions: Mapping[str, str] = field(default_factory=dict)
    model: int | None = None
    adapter: int | None = None
    preset: str = ""
    tools: tuple[str, ...] = ()
    corpora: tuple[str, ...] = ()  # slugs; empty binds it to none


@dataclass(frozen=True, slots=True)
class AssistantChoices:
    """What an owner may choose from, each with its words for people."""

    models: Sequence[tuple[int, str]]
    adapters: Sequence[tuple[int, str]]
    presets: Sequence[tuple[str, str]]
    tools: Sequence[tuple[str, str]]
    corpora: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ServerDescription:
    """The model server for a health page. `slots` and `context_tokens` are None where not told."""

    ready: bool
    backend: str
    base_url: str
    model: str = ""
    version: str = ""
    slots: int | None = None
    context_tokens: int | None = None  # a prompt and its answer together, per slot
