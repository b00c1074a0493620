"""Accounts' tests start with every rate limit unused."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    """What other tests counted is forgotten."""
    cache.clear()
    yield
    cache.clear()
