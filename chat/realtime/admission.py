"""Who may open a socket: an allowed origin, and a session cookie or a bearer token."""

from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings

from accounts.api import User, users_by_session, users_by_token
from chat.realtime.batch import Batch
from chat.realtime.socket import NOT_ALLOWED, NOT_SIGNED_IN

PROTOCOL = "echomind.v1"
_BEARER = "bearer."


class RefusedError(Exception):
    """The socket is not let in; `close_code` says why."""

    def __init__(self, close_code: int) -> None:
        self.close_code = close_code
        super().__init__(close_code)


class Admission:
    """Checks handshakes; a thousand at once cost a handful of statements."""

    def __init__(self) -> None:
        self._sessions: Batch[str, User] = Batch(users_by_session)
        self._tokens: Batch[str, User] = Batch(users_by_token)

    async def admit(self, scope: dict[str, Any]) -> tuple[User, str | None]:
        """The user, and the session's key unless a token was shown. Raises RefusedError."""
        headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        token = _bearer(scope.get("subprotocols", []))
        if not _origin_allowed(headers.get("origin"), has_token=token is not None):
            raise RefusedError(NOT_ALLOWED)
        if token is not None:
            user, key = await self._tokens.get(token), None
        else:
            key = _session_key(headers.get("cookie", b""))
            user = await self._sessions.get(key) if key else None
        if user is None:
            raise RefusedError(NOT_SIGNED_IN)
        return user, key


def _bearer(subprotocols: list[str]) -> str | None:
    return next((name[len(_BEARER) :] for name in subprotocols if name.startswith(_BEARER)), None)


def _session_key(header: bytes) -> str | None:
    try:
        cookies = SimpleCookie(header.decode("latin-1"))
    except CookieError:
        return None
    cookie = cookies.get(settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else None


def _origin_allowed(header: bytes | None, *, has_token: bool) -> bool:
    """Browsers always send an origin; only a program with a token may leave it out."""
    if header is None:
        return has_token
    return header.decode("latin-1").lower() in settings.SOCKET_ORIGINS
