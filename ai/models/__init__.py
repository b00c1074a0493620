"""What this app keeps in the database."""

from ai.models.assistant import Assistant

__all__ = ["Assistant"]
