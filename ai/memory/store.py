"""The copies in Redis: what was recalled, the recent turns, and how many tokens their texts have.

One hash for each place, so that all of a place goes at once. Nothing here is the truth: whoever
reads a copy compares its stamp with Postgres, and a Redis that is away is an empty one.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar, cast

import msgspec
import redis
import structlog
from django.conf import settings

from ai.types import Recall, Turn

logger = structlog.get_logger(__name__)

KEPT_S = 24 * 3600
T = TypeVar("T")


class KeptRecall(msgspec.Struct, frozen=True):
    """What was recalled when the memory had this revision."""

    revision: int
    recall: Recall


class KeptTurns(msgspec.Struct, frozen=True):
    """The turns after message `after`, as they were when the place's newest event was `seq`."""

    seq: int
    after: int
    turns: tuple[Turn, ...]


class KeptSizes(msgspec.Struct, frozen=True):
    """How many tokens texts have, by their fingerprints, for the tokenizer of one model."""

    model: str
    sizes: dict[str, int]


def kept_turns(conversation: str) -> KeptTurns | None:
    """The copy of the recent turns, however old."""
    return load(conversation, KeptTurns)


def keep_turns(conversation: str, *, seq: int, after: int, turns: Sequence[Turn]) -> None:
    """Keep the turns after message `after`, as they are at the place's event `seq`."""
    keep(conversation, KeptTurns(seq, after, tuple(turns)))


def load(conversation: str, shape: type[T]) -> T | None:
    """The copy of this shape, however old; None where there is none that can be read."""
    try:
        body = _client().hget(_key(conversation), _field(conversation, shape))
        return msgspec.json.decode(cast(bytes, body), type=shape) if body else None
    except redis.RedisError as error:
        logger.warning("memory_copies_away", error=str(error))
    except msgspec.DecodeError as error:  # an older version of the site wrote it
        logger.warning("memory_copy_unreadable", error=str(error))
    return None


def keep(conversation: str, copy: KeptRecall | KeptTurns | KeptSizes) -> None:
    """Put the copy in the place of the one of its shape."""
    key = _key(conversation)
    try:
        with _client().pipeline(transaction=False) as pipe:
            pipe.hset(key, _field(conversation, type(copy)), cast(Any, msgspec.json.encode(copy)))
            pipe.expire(key, KEPT_S)
            pipe.execute()
    except redis.RedisError as error:
        logger.warning("memory_copies_away", error=str(error))


def drop(place: str) -> None:
    """Forget all copies of a place, so that no deleted text lingers in them."""
    try:
        _client().delete(_key(place))
    except redis.RedisError as error:
        logger.warning("memory_copies_away", error=str(error))


def place_of(conversation: str) -> str:
    """What stands before the colon of a conversation's key."""
    return conversation.partition(":")[0]


def _key(conversation: str) -> str:
    return f"echomind:memory:{place_of(conversation)}"


def _field(conversation: str, shape: type) -> str:
    return f"{conversation}:{shape.__name__}"


@cache
def _client() -> redis.Redis:
    """The process's client. Its waits are bounded: a Redis that hangs must not hang a reply."""
    patience = settings.REDIS_TIMEOUT_S
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=patience, socket_connect_timeout=patience
    )
