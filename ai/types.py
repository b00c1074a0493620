"""What goes into the writing of a reply and what comes out. Plain values for other apps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db import models
from django.utils.translation import gettext_lazy as _

from ai.listings import (
    Abilities,
    AssistantCard,
    AssistantChoices,
    AssistantProfile,
    ModelChoice,
    PresetSummary,
    SeededAssistant,
    ServerDescription,
)
from ai.parameters import Parameters
from ai.tool_values import Citation, Found, Tool, ToolName, ToolUse
from ai.turns import KnownFact, Recall, Turn
from rag.types import Passage

__all__ = [  # of other modules; the rest stands below
    "Abilities",
    "AssistantCard",
    "AssistantChoices",
    "AssistantProfile",
    "Citation",
    "Found",
    "KnownFact",
    "ModelChoice",
    "PresetSummary",
    "Recall",
    "SeededAssistant",
    "ServerDescription",
    "Tool",
    "ToolName",
    "ToolUse",
    "Turn",
]

FinishReason = Literal["stop", "length"]
FACT_LENGTH = 300  # characters
SUMMARY_LENGTH = 1_000
PromptMessage = Mapping[str, Any]  # a message of a prompt as JSON values: role, content


class ServerKind(models.TextChoices):
    """The dialects of model servers; `auto` asks the server which one it speaks."""

    AUTO = "auto", _("Find out")
    LLAMA_CPP = "llama_cpp", "llama.cpp"
    VLLM = "vllm", "vLLM"
    OLLAMA = "ollama", "Ollama"
    OPENAI_COMPATIBLE = "openai_compatible", _("Any OpenAI-compatible server")
    SCRIPTED = "scripted", _("Scripted, for tests")


@dataclass(frozen=True, slots=True)
class Route:
    """One model at one server, as plain values: a worker asks no database while it streams."""

    base_url: str
    kind: str = ServerKind.AUTO
    api_key: str = "none"
    model: str = ""  # empty: whatever the server offers first
    adapter: str = ""
    server: str = ""  # its name, for people
    title: str = ""  # the model's name, for people
    server_id: int | None = None
    model_id: int | None = None
    context_tokens: int | None = None  # where the server does not tell
    calls_functions: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """Who answers and how: what `ai.api.brief` found out for one assistant, asker and room.

    Without routes, the server that the site was started with answers.
    """

    routes: tuple[Route, ...] = ()  # the wanted model, then what answers where it cannot
    parameters: Parameters = field(default_factory=Parameters)
    preset: str = ""  # the name of the preset the parameters began as
    temperature_is_chosen: bool = False  # by the asker, or by whoever made the assistant
    instructions: str = ""  # who the assistant is, in the room's language
    tools: tuple[str, ...] = ()
    corpora: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """Everything a reply is made from; `ai` looks nothing up while it streams."""

    conversation: str  # stable key of (room, assistant): the conversation keeps its server slot
    assistant: str  # the assistant's username
    language: str  # zh-hant | en | ja | ko: the room's language
    turns: tuple[Turn, ...]  # oldest first; the last is the question
    trace_id: str
    assistant_name: str = ""  # its display name; the username when empty
    brief: Brief = field(default_factory=Brief)
    recall: Recall = field(default_factory=Recall)
    others: tuple[str, ...] = ()  # names of the room's other assistants, for whom it never speaks
    tools: tuple[Tool, ...] = ()
    written: str = ""  # the beginning of the answer, to be continued
    prompt: tuple[PromptMessage, ...] = ()  # read as it is: the reply is run again exactly
    asker_language: str = ""  # the one that who asks reads the site in
    passages: tuple[Passage, ...] = ()  # what that prompt holds, in the order of its numbers
    once_told: Mapping[str, Any] = field(default_factory=dict)  # the passport it was read with
    cited: tuple[Citation, ...] = ()  # what `written` cites


@dataclass(frozen=True, slots=True)
class ContextUse:
    """How much of its budget a prompt takes, in tokens. `is_exact`: counted by its server."""

    tokens: int
    budget: int
    is_exact: bool


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply cost. Times in milliseconds since the request was sent; counts in tokens."""

    model: str
    prompt_tokens: int
    cached_tokens: int  # of the prompt, found in the server's cache and not read again
    completion_tokens: int
    first_token_ms: float
    total_ms: float
    finish: FinishReason


NO_USAGE = Usage("", 0, 0, 0, 0.0, 0.0, "stop")  # of a model that was not asked


@dataclass(frozen=True, slots=True)
class Asked:
    """What a server is asked, told before it is: it is kept however the reply ends.

    `passport` says as JSON values how the answer is to come about. Another one replaces it.
    """

    prompt: tuple[PromptMessage, ...]
    passport: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """The server has taken the request and reads the prompt."""


@dataclass(frozen=True, slots=True)
class ToolsUsed:
    """The tools used so far, in order; told again whenever one of them begins or ends."""

    uses: tuple[ToolUse, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """The passages that the answer cites so far, told before the text that names a new one."""

    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next part of the answer, whole code points, already in the room's script."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is complete: by the model's own end, or by the limit on its length."""

    reason: FinishReason
    usage: Usage
    passport: Mapping[str, Any] = field(default_factory=dict)  # joins that of `Asked`


ReplyEvent = Asked | Reading | ToolsUsed | Cited | TextPiece | Finished
