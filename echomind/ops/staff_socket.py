"""The socket of the operations page: the last hour at once, then each reading and each log line.

Rights are asked for before every frame, so that who is no staff any more gets none. Commands: none.
"""

import asyncio
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import msgspec
import redis
import structlog
from django.db import DatabaseError

from accounts.models import User
from chat.realtime.admission import Admission, RefusedError, still_good
from chat.realtime.socket import NOT_ALLOWED, NOT_SIGNED_IN, TRY_AGAIN, Credential
from chat.realtime.threads import in_thread
from echomind.ops.model_log import FEWEST, MOST, last_lines, model_log
from echomind.ops.readings import readings_since

logger = structlog.get_logger(__name__)

LOOK_EVERY_S = 1.0
_encode = msgspec.json.Encoder().encode


async def staff_socket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """One staff tab from its handshake to its end."""
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})  # a refused handshake could not say why
    leaving = asyncio.create_task(_departure(receive))
    telling = asyncio.create_task(_tell(scope, send))
    await asyncio.wait({leaving, telling}, return_when=asyncio.FIRST_COMPLETED)
    leaving.cancel()
    telling.cancel()
    with suppress(asyncio.CancelledError):
        await telling


async def _departure(receive: Any) -> None:
    while (await receive())["type"] != "websocket.disconnect":
        pass  # it has nothing to say


async def _tell(scope: dict[str, Any], send: Any) -> None:
    try:
        user, credential = await Admission().admit(scope)
        page = _Page(lines=_lines_wanted(scope))
        while True:
            await in_thread(_require_staff, user.pk, credential)
            if news := await in_thread(page.news):
                await send({"type": "websocket.send", "text": _encode(news).decode()})
            await asyncio.sleep(LOOK_EVERY_S)
    except RefusedError as refusal:
        await send({"type": "websocket.close", "code": refusal.close_code})
    except (DatabaseError, redis.RedisError) as error:
        logger.warning("readings_unknown", error=str(error))
        await send({"type": "websocket.close", "code": TRY_AGAIN})


def _require_staff(user_id: int, credential: Credential) -> None:
    """Raises RefusedError for who is not signed in, or no staff, any more."""
    if not still_good([credential]):
        raise RefusedError(NOT_SIGNED_IN)
    if not User.objects.filter(pk=user_id, is_staff=True, is_active=True).exists():
        raise RefusedError(NOT_ALLOWED)


def _lines_wanted(scope: dict[str, Any]) -> int:
    """`?lines=`, from 20 to 200."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lines", [""])[0]
    return min(MOST, max(FEWEST, int(asked))) if asked.isdecimal() else FEWEST


class _Page:
    """What one tab has been told."""

    def __init__(self, *, lines: int) -> None:
        self._lines = lines
        self._told_at = 0.0
        self._log: list[str] | None = None

    def news(self) -> dict[str, Any]:
        """Readings and log lines that the tab has not seen; empty where there are none."""
        news: dict[str, Any] = {}
        if readings := readings_since(self._told_at):
            self._told_at = readings[-1].at
            news["readings"] = readings
        path = model_log()
        log = last_lines(path, self._lines) if path else []
        if log != self._log:
            self._log = news["log"] = log
        return news
