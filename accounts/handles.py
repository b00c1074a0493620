"""Handles: the names people are mentioned and found by, kept in lower case: case never counts."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

MIN_LENGTH = 3
MAX_LENGTH = 32

# Words that speak for the site, address a group, or are paths of pages.
RESERVED = [
    "account", "accounts", "admin", "administrator", "ai", "all", "api", "assistant", "avatars",
    "channel", "echomind", "everyone", "help", "here", "me", "moderator", "owner", "room", "root",
    "security", "settings", "staff", "static", "support", "system",
]  # fmt: skip

validate_handle = RegexValidator(
    r"\A[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\Z",
    _("Use the letters a to z, digits and _ . - only; begin and end with a letter, digit or _."),
    code="handle_invalid",
)
handle_validators = [validate_handle]


def normalised(handle: str) -> str:
    """The one spelling a handle is stored and looked up in."""
    return handle.strip().lower()
