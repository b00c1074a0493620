"""What goes into the writing of a reply and what comes out. Plain values for other apps."""

from dataclasses import dataclass
from typing import Literal

FinishReason = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation, as the assistant being asked sees it."""

    role: Literal["user", "assistant"]
    sender: str  # display name of who said it
    text: str


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """Everything a reply is made from; `ai` looks nothing up while it streams."""

    conversation: str  # stable key of (room, assistant): the conversation keeps its server slot
    assistant: str  # the assistant's username
    language: str  # zh-hant | en | ja | ko: the room's language
    turns: tuple[Turn, ...]  # oldest first; the last is the question
    trace_id: str
    assistant_name: str = ""  # its display name; the username when empty


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


@dataclass(frozen=True, slots=True)
class Reading:
    """The server has taken the request and reads the prompt."""


@dataclass(frozen=True, slots=True)
class TextPiece:
    """The next part of the answer, whole code points, already in the room's script."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The answer is complete: by the model's own end, or by the limit on its length."""

    reason: FinishReason
    usage: Usage


ReplyEvent = Reading | TextPiece | Finished


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


@dataclass(frozen=True, slots=True)
class AssistantSummary:
    """An assistant as others may list it."""

    user_id: int
    username: str
    name: str
    description: str
