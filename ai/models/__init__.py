"""What this app keeps in the database."""

from ai.models.assistant import Assistant
from ai.models.memory import Fact, Memory, Summary
from ai.models.model_server import Adapter, Model, ModelServer
from ai.models.preset import Preset

__all__ = ["Adapter", "Assistant", "Fact", "Memory", "Model", "ModelServer", "Preset", "Summary"]
