"""The bytes of an OpenAI-style stream: server-sent lines and the chunks inside them."""

from collections.abc import AsyncIterator, Callable

import msgspec

from ai.errors import ModelFailedError, ModelGarbledError
from ai.types import FinishReason

MAX_LINE_BYTES = 1 << 20  # far above any chunk; a server that never ends a line is broken
DONE = b"[DONE]"
UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # what decoding may raise
_OTHER_FIELDS = (b":", b"event:", b"id:", b"retry:")


class FunctionDelta(msgspec.Struct):
    """The name of a function, whole, or more of its arguments."""

    name: str | None = None
    arguments: str | None = None


class CallDelta(msgspec.Struct):
    """More of the call number `index`."""

    index: int = 0
    id: str | None = None
    function: FunctionDelta = msgspec.field(default_factory=FunctionDelta)


class Delta(msgspec.Struct):
    """New text or calls; `reasoning_content` is thought that is not part of the answer."""

    content: str | None = None
    reasoning_content: str | None = None
    tool_calls: list[CallDelta] | None = None


class Choice(msgspec.Struct):
    """One answer. We ask for one alone."""

    delta: Delta = msgspec.field(default_factory=Delta)
    finish_reason: str | None = None


class PromptDetails(msgspec.Struct):
    """How much of the prompt came from the server's cache."""

    cached_tokens: int | None = None


class TokenUsage(msgspec.Struct):
    """The closing count of a stream."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    prompt_tokens_details: PromptDetails | None = None

    @property
    def cached_tokens(self) -> int:
        """Prompt tokens not read again; 0 where the server does not tell."""
        details = self.prompt_tokens_details
        return (details.cached_tokens or 0) if details else 0


class Chunk(msgspec.Struct):
    """One `data:` line. `error` may come at any point of a stream that began well."""

    choices: list[Choice] = []
    model: str = ""
    usage: TokenUsage | None = None
    error: msgspec.Raw | None = None


_decoder = msgspec.json.Decoder(Chunk)


def read_chunk(payload: bytes) -> Chunk:
    """The chunk in one `data:` line. Raises ModelFailedError, for garbage ModelGarbledError."""
    try:
        chunk = _decoder.decode(payload)
    except UNREADABLE as error:
        raise ModelGarbledError(reason="unreadable chunk") from error
    if chunk.error is not None:
        raise ModelFailedError(reason=bytes(chunk.error).decode(errors="replace")[:300])
    return chunk


def finish_reason(word: str) -> FinishReason:
    """The server's word as one of ours: whatever is not the length limit is the model's own end."""
    return "length" if word == "length" else "stop"


def event_payload(line: bytes) -> bytes:
    """What a line of server-sent events carries. Raises ModelGarbledError where it is none."""
    if line.startswith(b"data:"):
        return line[5:].strip()
    if line and not line.startswith(_OTHER_FIELDS):
        raise ModelGarbledError(reason="not an event stream")
    return b""


class LineReader:
    """Joins network chunks into the payloads of lines; never splits a character."""

    def __init__(self, payload_of: Callable[[bytes], bytes] = event_payload) -> None:
        self._payload_of = payload_of
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The payloads completed by `data`. Raises ModelGarbledError for lines of another kind."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > MAX_LINE_BYTES:
            raise ModelGarbledError(reason="endless line")
        return [payload for line in lines if (payload := self._payload_of(line.rstrip(b"\r")))]


async def lines_in(
    received: AsyncIterator[bytes], payload_of: Callable[[bytes], bytes] = event_payload
) -> AsyncIterator[list[bytes]]:
    """The payloads that each network chunk completes; the end completes the last line.

    Raises ModelGarbledError.
    """
    reader = LineReader(payload_of)
    async for data in received:
        yield reader.feed(data)
    yield reader.feed(b"\n")
