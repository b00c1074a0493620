"""Assistants, model servers, presets and what is remembered, in the admin."""

from ai.admin import assistants, memory, models, presets, servers

__all__ = ["assistants", "memory", "models", "presets", "servers"]
