"""Who stands behind session keys and tokens, for any number of them in two statements at most."""

from collections.abc import Collection, Iterable, Mapping

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.tokens import is_current, owner_id, read_access_token
from echomind.common.text import is_storable


def user_by_username(username: str) -> User | None:
    """The user with this handle, whatever its case, or None."""
    if not is_storable(username):
        return None
    return User.objects.filter(username=User.normalize_username(username)).first()


def users_by_session(keys: Collection[str]) -> dict[str, User]:
    """Session key → who is signed in there. Dead, forged and disabled ones are left out."""
    sessions = _live_sessions(keys)
    users = _welcome_users(int(data[SESSION_KEY]) for data in sessions.values())
    return {
        key: user
        for key, data in sessions.items()
        if (user := users.get(int(data[SESSION_KEY]))) and _is_signed_in(data, user)
    }


def users_by_token(tokens: Collection[str]) -> dict[str, User]:
    """Access token → its user. Expired, forged, revoked and disabled ones are left out."""
    read = {raw: token for raw in tokens if (token := read_access_token(raw))}
    users = _welcome_users(owner_id(token) for token in read.values())
    return {
        raw: user
        for raw, token in read.items()
        if (user := users.get(owner_id(token))) and is_current(token, user)
    }


def _live_sessions(keys: Collection[str]) -> dict[str, Mapping[str, str]]:
    """The data of those sessions that have not ended and belong to somebody."""
    askable = [key for key in keys if is_storable(key)]  # one bad cookie must not fail the others
    rows = Session.objects.filter(session_key__in=askable, expire_date__gt=timezone.now())
    store = SessionStore()
    found = {row.session_key: store.decode(row.session_data) for row in rows} if keys else {}
    return {key: data for key, data in found.items() if SESSION_KEY in data}


def _is_signed_in(session: Mapping[str, str], user: User) -> bool:
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())


def _welcome_users(ids: Iterable[int]) -> dict[int, User]:
    return User.objects.may_sign_in().in_bulk(set(ids))
