"""Who may open a socket, and keep it: an allowed origin, and a session cookie or a bearer token."""

from collections.abc import Collection
from http.cookies import CookieError, SimpleCookie
from typing import Any

from django.conf import settings

from accounts.api import User, users_by_session, users_by_token
from chat.realtime.batch import Batch
from chat.realtime.socket import NOT_ALLOWED, NOT_SIGNED_IN, Credential

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

    async def admit(self, scope: dict[str, Any]) -> tuple[User, Credential]:
        """The user, and what the tab is let in by. Raises RefusedError."""
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
        return user, Credential(session_key=key, token=token)


def still_good(credentials: Collection[Credential]) -> set[Credential]:
    """Those whose session or token still lets somebody in: not ended, not revoked, not disabled."""
    sessions = users_by_session([each.session_key for each in credentials if each.session_key])
    tokens = users_by_token([each.token for each in credentials if each.token])
    return {each for each in credentials if each.session_key in sessions or each.token in tokens}


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
