"""What every model server looks like from inside: an order goes in, parts of an answer come out."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from ai.parameters import NAMES, Parameters
from ai.types import FinishReason, ServerDescription, Tool

NO_PENALTY = 1.0  # the repetition penalty that changes nothing


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where a server is and what to say to it. `model` empty: whatever it offers first."""

    base_url: str  # ends in /v1
    api_key: str = "none"
    model: str = ""
    script: str = ""  # what the scripted model says
    context_tokens: int | None = None  # for servers that must be told how much to hold

    @property
    def root(self) -> str:
        """The address without `/v1`, where servers keep endpoints of their own."""
        return self.base_url.rstrip("/").removesuffix("/v1")


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What a model asks of a tool; `arguments` is JSON as the model wrote it, right or wrong."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message in the form all chat models take. Roles alternate after the system message.

    An assistant's message may hold calls; each is answered by a message of role `tool`.
    """

    role: Literal["system", "user", "assistant", "tool"]
    content: str
    calls: tuple[ToolCall, ...] = ()
    answers: str = ""  # the id of the call that a `tool` message answers


@dataclass(frozen=True, slots=True)
class Order:
    """One answer to be written. Orders of one `conversation` share a beginning worth caching."""

    conversation: str
    messages: tuple[ChatMessage, ...]
    parameters: Parameters
    trace_id: str
    stop: tuple[str, ...] = ()  # where the answer ends, besides the stops of the parameters
    adapter: str = ""  # the LoRA adapter by its name at the server
    tools: tuple[Tool, ...] = ()  # what the model may call, where the backend passes it on
    afresh: bool = False  # read all of the prompt: what a cache holds was calculated in other steps
    may_call: bool = True  # False: the tools stay in the prompt, but the model must answer now

    @property
    def goes_on(self) -> bool:
        """Whether the last message is the beginning of the answer."""
        return self.messages[-1].role == "assistant"


@dataclass(frozen=True, slots=True)
class SignOfLife:
    """The server works on the order but has no text yet: it took it, or reads the prompt."""


@dataclass(frozen=True, slots=True)
class Text:
    """The next characters of the answer; may be one token or several."""

    text: str


@dataclass(frozen=True, slots=True)
class Called:
    """The model waits for these tools; comes before Ended, and after any text it said first."""

    calls: tuple[ToolCall, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """The last part. Counts in tokens, 0 where the server does not tell."""

    reason: FinishReason
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0


Part = SignOfLife | Text | Called | Ended


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model that a server names. One with a `parent` is an adapter of that model."""

    name: str
    parent: str = ""
    context_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a backend honours beyond plain chat; anything absent is not sent to the server."""

    parameters: frozenset[str] = field(
        default_factory=frozenset
    )  # names of the fields of `Parameters`
    most_stops: int = 0
    adapters: bool = False  # an adapter can be chosen for each answer
    keeps_slots: bool = False  # a conversation can be tied to a slot of the server's cache
    calls_functions: bool = False  # it passes tools on; whether the model can use them is open

    def lacking(self, order: Order) -> tuple[str, ...]:
        """What the order asks for and the server cannot do: names of parameters, or `adapter`."""
        asked = in_effect(order.parameters)
        lacking = [name for name in asked if name not in self.parameters]
        if "stop" not in lacking and len(order.parameters.stop) > self.most_stops:
            lacking.append("stop")
        if order.adapter and not self.adapters:
            lacking.append("adapter")
        return tuple(lacking)


def in_effect(parameters: Parameters) -> tuple[str, ...]:
    """The names of the parameters that change how this answer is drawn."""
    silent = {
        "top_k": not parameters.top_k,
        "repetition_penalty": parameters.repetition_penalty == NO_PENALTY,
        "repeat_last_n": parameters.repetition_penalty == NO_PENALTY,
        "stop": not parameters.stop,
        "seed": parameters.seed is None,
        "mirostat": not parameters.mirostat,
        "mirostat_tau": not parameters.mirostat,
        "mirostat_eta": not parameters.mirostat,
    }
    return tuple(name for name in NAMES if not silent.get(name))


class Backend(Protocol):
    """One kind of model server at one address. Instances are shared by threads and event loops."""

    name: str
    capabilities: Capabilities

    def __init__(self, server: ServerSettings) -> None: ...

    async def describe(self, *, fresh: bool = False) -> ServerDescription:
        """What runs at the address, kept for a minute unless `fresh`.

        Raises ModelUnavailableError.
        """

    async def offered(self) -> tuple[OfferedModel, ...]:
        """The models it names right now, the one it takes by itself first.

        Raises ModelUnavailableError or ModelFailedError.
        """

    async def count_tokens(self, order: Order) -> int | None:
        """The tokens of the order's prompt, by the model's own template and tokenizer.

        None where the server does not count.
        """

    async def count_texts(self, texts: Sequence[str]) -> list[int] | None:
        """The tokens of each text by itself, without any template; None as above."""

    async def first_words(self, messages: Sequence[ChatMessage]) -> Mapping[str, float] | None:
        """How likely the answer begins with which words, in small letters; None where the server
        does not tell.
        """

    def generate(self, order: Order) -> AsyncGenerator[Part, None]:
        """The answer as it is written; closing the generator aborts it at the server.

        Raises ModelUnavailableError before any text, ModelFailedError at any time. Silence is not
        its business: the caller holds the clock.
        """
