"""HTTP to model servers: one TLS context, a cheap client per reply, errors by name."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import httpx2
import openai
from openai.resources.chat.completions import AsyncCompletions

from ai.addresses import read_address
from ai.backends.base import ServerSettings
from ai.backends.connections import CheckedTransport
from ai.errors import (
    AddressRefusedError,
    ModelBusyError,
    ModelCutOffError,
    ModelFailedError,
    ModelGarbledError,
    ModelMissingError,
    ModelRefusedKeyError,
    ModelUnavailableError,
)
from echomind.common.errors import EchoMindError

CONNECT_TIMEOUT_S = 5.0
QUESTION_TIMEOUT_S = 3.0  # for each step of short questions such as "which model is this?"
WHOLE_QUESTION_S = 10.0
MOST_OF_AN_ANSWER = 4 << 20  # bytes, far above any list of models
_BY_STATUS: Mapping[int, type[EchoMindError]] = {
    401: ModelRefusedKeyError,
    403: ModelRefusedKeyError,
    404: ModelMissingError,
    429: ModelBusyError,
    502: ModelUnavailableError,
    503: ModelUnavailableError,
    504: ModelUnavailableError,
}
MOST_OF_A_REASON = 300  # characters of what a server says of its failure


def _http_client() -> httpx2.AsyncClient:
    # No read timeout: whoever waits for the answer holds the clock. No proxy and no redirect:
    # nothing but the owner's address is to be reached.
    timeout = httpx2.Timeout(None, connect=CONNECT_TIMEOUT_S)
    return httpx2.AsyncClient(
        transport=CheckedTransport(), timeout=timeout, trust_env=False, follow_redirects=False
    )


def open_client(server: ServerSettings) -> openai.AsyncOpenAI:
    """A client for one reply in the running event loop, 0.3 ms; use it in `async with`."""
    read_address(server.base_url)
    return openai.AsyncOpenAI(
        base_url=server.base_url,
        api_key=server.api_key,
        http_client=_http_client(),
        max_retries=0,
    )


async def ask(server: ServerSettings, path: str) -> bytes | None:
    """The body of GET `path` below the root; None for any status but 200.

    Raises ModelUnavailableError where nobody answers in time.
    """
    status, body = await _get(server, path)
    return body if status == httpx2.codes.OK else None


async def fetch(server: ServerSettings, path: str) -> bytes | None:
    """The same, but None only where there is no such door: other refusals raise by their name."""
    status, body = await _get(server, path)
    if status == httpx2.codes.NOT_FOUND:
        return None
    return _required(status, body)


async def post_each(
    server: ServerSettings,
    path: str,
    bodies: Sequence[Mapping[str, Any]],
    *,
    step_s: float = QUESTION_TIMEOUT_S,
) -> list[bytes]:
    """The answers to POST `path` with each of these bodies as JSON, in their order.

    Raises as `fetch`, also where there is no such door.
    """
    read_address(server.base_url)
    async with _http_client() as client:
        return [
            _required(*await _exchange(client, "POST", server, path, step_s=step_s, json=body))
            for body in bodies
        ]


async def _get(server: ServerSettings, path: str) -> tuple[int, bytes]:
    read_address(server.base_url)
    async with _http_client() as client:
        return await _exchange(client, "GET", server, path)


async def _exchange(
    client: httpx2.AsyncClient,
    method: str,
    server: ServerSettings,
    path: str,
    *,
    step_s: float = QUESTION_TIMEOUT_S,
    **body: Any,
) -> tuple[int, bytes]:
    """Status and body of a short question. Whoever answers without end is broken off."""
    try:
        async with asyncio.timeout(WHOLE_QUESTION_S):
            with named_errors():
                async with client.stream(
                    method,
                    f"{server.root}{path}",
                    headers=_key(server),
                    timeout=step_s,
                    **body,
                ) as answer:
                    return answer.status_code, await _whole(answer)
    except TimeoutError as error:
        raise ModelUnavailableError(reason="the answer took too long") from error


async def _whole(answer: httpx2.Response) -> bytes:
    """The body of an answer that is short. Raises ModelGarbledError for one that is not."""
    body = bytearray()
    async for data in answer.aiter_bytes():
        body += data
        if len(body) > MOST_OF_AN_ANSWER:
            raise ModelGarbledError(reason="endless answer")
    return bytes(body)


def _required(status: int, body: bytes) -> bytes:
    if status != httpx2.codes.OK:
        raise _named(status, body.decode(errors="replace"))
    return body


def _key(server: ServerSettings) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.api_key}"}


@contextmanager
def named_errors() -> Iterator[None]:
    """Turns what the libraries raise into this app's errors."""
    try:
        yield
    except openai.APIStatusError as error:
        raise _named(error.status_code, str(error)) from error
    except (openai.APIConnectionError, httpx2.ConnectError, httpx2.TimeoutException) as error:
        if isinstance(error.__cause__, AddressRefusedError):
            raise error.__cause__ from error
        raise ModelUnavailableError(reason=str(error)) from error
    except httpx2.InvalidURL as error:
        raise AddressRefusedError(reason=str(error)) from error
    except (httpx2.ReadError, httpx2.RemoteProtocolError) as error:
        raise ModelCutOffError(reason=str(error)) from error
    except (openai.OpenAIError, httpx2.HTTPError) as error:
        raise ModelFailedError(reason=str(error)) from error


def _named(status: int, reason: str) -> EchoMindError:
    return _BY_STATUS.get(status, ModelFailedError)(status=status, reason=reason[:MOST_OF_A_REASON])


@asynccontextmanager
async def open_stream(
    server: ServerSettings, body: dict[str, Any], *, trace_id: str
) -> AsyncIterator[AsyncIterator[bytes]]:
    """POST a chat completion and hand out the raw bytes of its answer; leaving closes the socket.

    The SDK sends the request and names its errors. Its own reading of chunks is left out: it
    builds a dozen objects for each token.
    """
    with named_errors():
        async with open_client(server) as client:
            completions = AsyncCompletions(client).with_streaming_response
            async with completions.create(
                **body, stream=True, extra_headers={"X-Request-ID": trace_id}
            ) as answer:
                yield answer.iter_bytes()


@asynccontextmanager
async def open_post(
    server: ServerSettings, path: str, body: dict[str, Any], *, trace_id: str
) -> AsyncIterator[AsyncIterator[bytes]]:
    """POST to a server's own door and hand out the raw bytes of its answer, as `open_stream`."""
    read_address(server.base_url)
    headers = {**_key(server), "X-Request-ID": trace_id}
    async with _http_client() as client:
        with named_errors():
            async with client.stream(
                "POST", f"{server.root}{path}", json=body, headers=headers
            ) as answer:
                if answer.status_code != httpx2.codes.OK:
                    _required(answer.status_code, await _whole(answer))
                yield answer.aiter_bytes()
