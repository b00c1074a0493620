"""The door of this app: everything another app may call. Values are in `ai.types`."""

from ai.assistants import create_assistant, public_assistants
from ai.parameters import RANGES, Parameters
from ai.placement import queue_for
from ai.routing import Wishes, brief
from ai.run import stream_reply
from ai.seed import seed_models_and_presets
from ai.server import describe_server, model_is_on_this_machine, model_is_ready
from ai.warm_up import warm_up

__all__ = [
    "RANGES",
    "Parameters",
    "Wishes",
    "brief",
    "create_assistant",
    "describe_server",
    "model_is_on_this_machine",
    "model_is_ready",
    "public_assistants",
    "queue_for",
    "seed_models_and_presets",
    "stream_reply",
    "warm_up",
]
