"""Tokens of the API: signed with SECRET_KEY, short-lived, renewed by a refresh token."""

from datetime import timedelta

SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=15),
    "REFRESH_TOKEN_LIFETIME": timedelta(days=14),
}
