"""The bytes of an OpenAI-style stream: server-sent lines and the chunks inside them."""

import msgspec

from ai.errors import ModelFailedError
from ai.types import FinishReason

MAX_LINE_BYTES = 1 << 20  # far above any chunk; a server that never ends a line is broken
DONE = b"[DONE]"
_OTHER_FIELDS = (b":", b"event:", b"id:", b"retry:")


class Delta(msgspec.Struct):
    """New text; `reasoning_content` is thought that is not part of the answer."""

    content: str | None = None
    reasoning_content: str | None = None


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
    """The chunk in one `data:` line. Raises ModelFailedError for an error or for garbage."""
    try:
        chunk = _decoder.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelFailedError(reason="unreadable chunk") from error
    if chunk.error is not None:
        raise ModelFailedError(reason=bytes(chunk.error).decode(errors="replace")[:300])
    return chunk


def finish_reason(word: str) -> FinishReason:
    """The server's word as one of ours: whatever is not the length limit is the model's own end."""
    return "length" if word == "length" else "stop"


class LineReader:
    """Joins network chunks into the payloads of `data:` lines; never splits a character."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> list[bytes]:
        """The payloads completed by `data`. Raises ModelFailedError where a line is not SSE."""
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > MAX_LINE_BYTES:
            raise ModelFailedError(reason="endless line")
        return [payload for line in lines if (payload := _payload(line.rstrip(b"\r")))]


def _payload(line: bytes) -> bytes:
    if line.startswith(b"data:"):
        return line[5:].strip()
    if line and not line.startswith(_OTHER_FIELDS):
        raise ModelFailedError(reason="not an event stream")
    return b""
