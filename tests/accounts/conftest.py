"""Accounts' tests start with every rate limit unused."""

import secrets

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def fresh_limits(settings: Settings) -> None:
    """Count under a new prefix: clearing the cache would empty the Valkey of other tests too."""
    counter = {**settings.CACHES["default"], "KEY_PREFIX": secrets.token_hex(8)}
    settings.CACHES = {"default": counter}
