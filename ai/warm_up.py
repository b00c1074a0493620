"""Loads what the first reply of a process would otherwise wait for: clients and dictionaries."""

from ai import traditional
from ai.backends import registry


def warm_up() -> None:
    """Call once where replies are written. Takes about two seconds, blocks, touches no network."""
    registry.preload()
    traditional.preload()
