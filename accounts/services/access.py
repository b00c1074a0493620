"""Takes access away, and tells other apps after the commit."""

from functools import partial

from django.db import transaction
from django.db.models import F

from accounts.models import User
from accounts.signals import access_revoked


@transaction.atomic
def disable_user(*, user: User) -> None:
    """Nobody can sign in as this user any more, and who is signed in is put out."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    log_out_everywhere(user=user)


@transaction.atomic
def enable_user(*, user: User) -> None:
    """Undo `disable_user`. Sessions and tokens that were ended stay ended."""
    user.is_active = True
    user.save(update_fields=["is_active"])


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """Set a password that was validated before. Every session and token of the user ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    announce_revocation(user_id=user.pk)


@transaction.atomic
def log_out_everywhere(*, user: User) -> None:
    """End every session and token of a user."""
    User.objects.filter(pk=user.pk).update(access_version=F("access_version") + 1)
    user.refresh_from_db(fields=["access_version"])
    announce_revocation(user_id=user.pk)


def announce_revocation(*, user_id: int, session_key: str | None = None) -> None:
    """Tell other apps, once committed, that a session has ended, or with None that all have.

    A listener that fails is logged: the access is gone whether or not every page hears of it.
    """
    transaction.on_commit(
        partial(access_revoked.send_robust, User, user_id=user_id, session_key=session_key)
    )
