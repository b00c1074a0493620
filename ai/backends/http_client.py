"""HTTP to model servers: one TLS context, a cheap client per reply, errors by name."""

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from typing import Any

import httpx2
import openai
from openai.resources.chat.completions import AsyncCompletions

from ai.backends.base import ServerSettings
from ai.errors import ModelFailedError, ModelUnavailableError

CONNECT_TIMEOUT_S = 5.0
QUESTION_TIMEOUT_S = 3.0  # for short questions such as "which model is this?"
_BUSY_STATUSES = {429, 502, 503, 504}


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()  # 40 ms: once a process, not once a reply


def _http_client() -> httpx2.AsyncClient:
    # No read timeout: whoever waits for the answer holds the clock. No proxy and no redirect:
    # nothing but the owner's address is to be reached.
    timeout = httpx2.Timeout(None, connect=CONNECT_TIMEOUT_S)
    return httpx2.AsyncClient(verify=_tls(), timeout=timeout, trust_env=False)


def open_client(server: ServerSettings) -> openai.AsyncOpenAI:
    """A client for one reply in the running event loop, 0.3 ms; use it in `async with`."""
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
    headers = {"Authorization": f"Bearer {server.api_key}"}
    async with _http_client() as client:
        with named_errors():
            answer = await client.get(
                f"{server.root}{path}", headers=headers, timeout=QUESTION_TIMEOUT_S
            )
    return answer.content if answer.status_code == httpx2.codes.OK else None


@contextmanager
def named_errors() -> Iterator[None]:
    """Turns what the libraries raise into this app's errors."""
    try:
        yield
    except openai.APIStatusError as error:
        named = ModelUnavailableError if error.status_code in _BUSY_STATUSES else ModelFailedError
        raise named(status=error.status_code, reason=str(error)[:300]) from error
    except (openai.APIConnectionError, httpx2.ConnectError, httpx2.TimeoutException) as error:
        raise ModelUnavailableError(reason=str(error)) from error
    except (openai.OpenAIError, httpx2.HTTPError) as error:
        raise ModelFailedError(reason=str(error)) from error


@asynccontextmanager
async def open_stream(
    server: ServerSettings, body: dict[str, Any], *, trace_id: str
) -> AsyncIterator[AsyncIterator[bytes]]:
    """POST a chat completion and hand out the raw bytes of its answer; leaving closes the socket.

    The SDK sends the request and names its errors. Its own reading of chunks is left out: it
    builds a dozen objects for each token.
    """
    async with open_client(server) as client:
        completions = AsyncCompletions(client).with_streaming_response
        with named_errors():
            async with completions.create(
                **body, stream=True, extra_headers={"X-Request-ID": trace_id}
            ) as answer:
                yield answer.iter_bytes()
