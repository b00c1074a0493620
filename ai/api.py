"""The door of this app: everything another app may call. Values are in `ai.types`."""

from ai.assistants import create_assistant, public_assistants
from ai.run import stream_reply
from ai.server import describe_server, model_is_on_this_machine, model_is_ready
from ai.warm_up import warm_up

__all__ = [
    "create_assistant",
    "describe_server",
    "model_is_on_this_machine",
    "model_is_ready",
    "public_assistants",
    "stream_reply",
    "warm_up",
]
