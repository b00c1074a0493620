"""Bearer tokens: JWTs that end with the user's access, not only with their time.

Each carries a piece of the user's session hash, so that a new password or `log_out_everywhere`
ends tokens and sessions alike. (simplejwt's own revocation claim is not checked on a refresh.)
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken, Token

from accounts.models import User

ACCESS_CLAIM = "acc"
CLAIM_LENGTH = 32  # hexadecimal digits: 128 bits
NOBODY = 0


@dataclass(frozen=True, slots=True)
class TokenPair:
    """What a client gets for its password. `expires_in` is the access token's life in seconds."""

    access: str
    refresh: str
    expires_in: int


def issue_tokens(user: User) -> TokenPair:
    """A new pair for a user who may sign in."""
    refresh = RefreshToken.for_user(user)
    refresh[ACCESS_CLAIM] = _access_claim(user)
    life = settings.SIMPLE_JWT["ACCESS_TOKEN_LIFETIME"]
    return TokenPair(str(refresh.access_token), str(refresh), int(life.total_seconds()))


def read_access_token(raw: str) -> Token | None:
    """The token if its signature, type and time are good; whose it is remains to be checked."""
    return _read(AccessToken, raw)


def read_refresh_token(raw: str) -> Token | None:
    """As `read_access_token`, for the token that buys a new pair."""
    return _read(RefreshToken, raw)


def owner_id(token: Token) -> int:
    """The id of the user the token was made for, or NOBODY."""
    claim = str(token.get("user_id", ""))
    return int(claim) if claim.isdecimal() else NOBODY


def is_current(token: Token, user: User) -> bool:
    """Whether the user still has the access that the token was made with."""
    return constant_time_compare(str(token.get(ACCESS_CLAIM, "")), _access_claim(user))


def _read(kind: type[Token], raw: str) -> Token | None:
    try:
        return kind(raw)  # type: ignore[arg-type]  # the stubs want a Token, the code a str
    except TokenError:
        return None


def _access_claim(user: User) -> str:
    return user.get_session_auth_hash()[:CLAIM_LENGTH]
