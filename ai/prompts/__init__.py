"""From a request to the messages a model reads."""

from ai.prompts.build import build_messages

__all__ = ["build_messages"]
