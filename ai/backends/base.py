"""What every model server looks like from inside: an order goes in, parts of an answer come out."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ai.parameters import Parameters
from ai.types import FinishReason, ServerDescription


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where a server is and what to say to it. `model` empty: whatever it offers first."""

    base_url: str  # ends in /v1
    api_key: str = "none"
    model: str = ""
    script: str = ""  # what the scripted model says

    @property
    def root(self) -> str:
        """The address without `/v1`, where servers keep endpoints of their own."""
        return self.base_url.rstrip("/").removesuffix("/v1")


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message in the form all chat models take. Roles alternate after the system message."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Order:
    """One answer to be written. Orders of one `conversation` share a beginning worth caching."""

    conversation: str
    messages: tuple[ChatMessage, ...]
    parameters: Parameters
    trace_id: str
    stop: tuple[str, ...] = ()  # where the answer ends, besides the stops of the parameters
    adapter: str = ""  # the LoRA adapter by its name at the server


@dataclass(frozen=True, slots=True)
class SignOfLife:
    """The server works on the order but has no text yet: it took it, or reads the prompt."""


@dataclass(frozen=True, slots=True)
class Text:
    """The next characters of the answer; may be one token or several."""

    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The last part. Counts in tokens, 0 where the server does not tell."""

    reason: FinishReason
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0


Part = SignOfLife | Text | Ended


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend honours beyond plain chat; anything absent is not sent to the server."""

    parameters: frozenset[str] = field(
        default_factory=frozenset
    )  # names of the fields of `Parameters`
    keeps_slots: bool = False  # a conversation can be tied to a slot of the server's cache


class Backend(Protocol):
    """One kind of model server at one address. Instances are shared by threads and event loops."""

    name: str
    capabilities: Capabilities

    def __init__(self, server: ServerSettings) -> None: ...

    async def describe(self, *, fresh: bool = False) -> ServerDescription:
        """What runs at the address, kept for a minute unless `fresh`.

        Raises ModelUnavailableError.
        """

    def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The answer as it is written; closing the generator aborts it at the server.

        Raises ModelUnavailableError before any text, ModelFailedError at any time. Silence is not
        its business: the caller holds the clock.
        """
