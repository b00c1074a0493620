"""Who stands behind session keys and tokens, for any number of them in two statements at most."""

from collections.abc import Collection, Mapping, Sequence

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.tokens import is_current, owner_id, read_access_token
from accounts.types import Welcome


def user_by_username(username: str) -> User | None:
    """The user with this handle, whatever its case, or None."""
    return User.objects.filter(username=User.normalize_username(username)).first()


def users_by_session(keys: Sequence[str]) -> dict[str, User]:
    """Key → active user, for sessions that live and hold the user's present auth hash."""
    sessions = {key: data for key, data in _session_data(keys).items() if _owner_of(data)}
    users = _active_users([_owner_of(data) for data in sessions.values()])
    return {
        key: users[_owner_of(data)]
        for key, data in sessions.items()
        if _owner_of(data) in users and _is_current(data, users[_owner_of(data)])
    }


def users_by_token(tokens: Sequence[str]) -> dict[str, User]:
    """Access token → active user, for tokens that are valid and not revoked."""
    read = {raw: token for raw in tokens if (token := read_access_token(raw))}
    users = _active_users([owner_id(token) or 0 for token in read.values()])
    return {
        raw: user
        for raw, token in read.items()
        if (user := users.get(owner_id(token) or 0)) and is_current(token, user)
    }


def still_welcome(user_ids: Collection[int], session_keys: Collection[str]) -> Welcome:
    """Those of the users who are active and those of the sessions that are still signed in."""
    active = User.objects.active().filter(pk__in=user_ids).values_list("pk", flat=True)
    return Welcome(
        user_ids=frozenset(active) if user_ids else frozenset(),
        session_keys=frozenset(users_by_session(list(session_keys))),
    )


def _session_data(keys: Sequence[str]) -> dict[str, Mapping[str, str]]:
    if not keys:
        return {}
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    store = SessionStore()
    return {row.session_key: store.decode(row.session_data) for row in rows}


def _owner_of(data: Mapping[str, str]) -> int:
    """The id of the session's user, or 0, which is nobody's."""
    claim = data.get(SESSION_KEY, "") if BACKEND_SESSION_KEY in data else ""
    return int(claim) if claim.isdecimal() else 0


def _is_current(data: Mapping[str, str], user: User) -> bool:
    return constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def _active_users(ids: Collection[int]) -> dict[int, User]:
    return User.objects.active().in_bulk(set(ids) - {0}) if ids else {}
