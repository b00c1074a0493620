"""The door of this app: everything another app may call."""

from accounts.models import User
from accounts.selectors import user_by_username, users_by_session, users_by_token
from accounts.services.assistants import (
    make_assistant_user,
    rename_assistant,
    retire_assistant_user,
)
from accounts.services.profile import keep_face
from accounts.signals import access_revoked

__all__ = [
    "User",
    "access_revoked",
    "keep_face",
    "make_assistant_user",
    "rename_assistant",
    "retire_assistant_user",
    "user_by_username",
    "users_by_session",
    "users_by_token",
]
