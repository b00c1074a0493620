"""Checks what a person wants to say, before anything is written."""

import hashlib
import json
from dataclasses import dataclass

from chat.errors import (
    ClientIdInvalidError,
    TextEmptyError,
    TextInvalidError,
    TextTooLongError,
)
from chat.types import MAX_CLIENT_ID, MAX_TEXT, AddresseeKind
from echomind.common.text import is_safe, is_visible, normalised


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it is sent. `to_username` is None for everyone."""

    client_id: str
    text: str
    to_kind: str = AddresseeKind.EVERYONE
    to_username: str | None = None
    reply_to: int | None = None
    preset: str = ""  # the slug of the parameters that this one question is asked with

    @property
    def fingerprint(self) -> str:
        """Equal for equal bodies: tells a repeated request from a reused client id."""
        body = [self.text, self.to_kind, self.to_username, self.reply_to]
        if self.preset:
            body.append(self.preset)
        return hashlib.blake2b(json.dumps(body).encode(), digest_size=16).hexdigest()


def checked_text(text: str) -> str:
    """The text as it will be stored. Raises TextEmptyError, TextTooLongError, TextInvalidError."""
    if len(text) > 2 * MAX_TEXT:
        raise TextTooLongError(limit=MAX_TEXT)
    text = normalised(text)
    if not is_visible(text):
        raise TextEmptyError
    if len(text) > MAX_TEXT:
        raise TextTooLongError(limit=MAX_TEXT)
    if not is_safe(text):
        raise TextInvalidError
    return text


def check_client_id(client_id: str) -> None:
    """Raise ClientIdInvalidError unless it has 1 to 64 printable characters."""
    if not 0 < len(client_id) <= MAX_CLIENT_ID or not client_id.isprintable():
        raise ClientIdInvalidError
