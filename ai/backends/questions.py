"""Asks servers short questions, as how many tokens a text has, by doors that each kind has for itself.

None where the door is missing or the server is away for it: then the caller does without.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import msgspec
import structlog

from ai.backends.base import ServerSettings
from ai.backends.http_client import QUESTION_TIMEOUT_S, post_each
from ai.backends.wire import UNREADABLE
from ai.errors import ModelFailedError, ModelUnavailableError

logger = structlog.get_logger(__name__)

T = TypeVar("T")


class Rendered(msgspec.Struct):
    """llama.cpp's answer to /apply-template."""

    prompt: str


class Tokens(msgspec.Struct):
    """llama.cpp's answer to /tokenize."""

    tokens: list[int]


class Count(msgspec.Struct):
    """vLLM's answer to /tokenize."""

    count: int


async def ask_each(
    server: ServerSettings,
    path: str,
    bodies: Sequence[Mapping[str, Any]],
    shape: type[T],
    *,
    step_s: float = QUESTION_TIMEOUT_S,
) -> list[T] | None:
    """The answers to these bodies in their order; None if any of them cannot be had or read."""
    try:
        answers = await post_each(server, path, bodies, step_s=step_s)
        return [msgspec.json.decode(answer, type=shape) for answer in answers]
    except (ModelUnavailableError, ModelFailedError, *UNREADABLE) as error:
        logger.info("question_not_answered", path=path, error=str(error))
        return None
