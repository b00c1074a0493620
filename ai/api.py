"""The door of this app: everything another app may call. Values are in `ai.types`."""

from ai.again import brief_again
from ai.assistants import (
    assistants_of_new_rooms,
    create_assistant,
    greeting_of,
    seed_assistants,
    usable_assistants,
)
from ai.memory.forgetting import forget_conversations
from ai.model_choices import abilities_for, model_choices, require_choosable
from ai.own_assistants import (
    assistant_choices,
    change_assistant,
    make_assistant,
    own_assistant,
    remove_assistant,
)
from ai.parameters import NAMES as PARAMETERS
from ai.parameters import RANGES, Parameters, read_values
from ai.placement import queue_for
from ai.preset_files import LONGEST_FILE as LONGEST_PRESET_FILE
from ai.preset_files import flat_form, full_form, read_file, read_preset
from ai.presets import change_preset, delete_preset, find_preset, save_preset, usable_presets
from ai.routing import Wishes, brief
from ai.run import stream_reply
from ai.seed import seed_models_and_presets
from ai.server import describe_server, model_is_on_this_machine, model_is_ready
from ai.titles import suggest_title
from ai.warm_up import warm_up

__all__ = [
    "LONGEST_PRESET_FILE",
    "PARAMETERS",
    "RANGES",
    "Parameters",
    "Wishes",
    "abilities_for",
    "assistant_choices",
    "assistants_of_new_rooms",
    "brief",
    "brief_again",
    "change_assistant",
    "change_preset",
    "create_assistant",
    "delete_preset",
    "describe_server",
    "find_preset",
    "flat_form",
    "forget_conversations",
    "full_form",
    "greeting_of",
    "make_assistant",
    "model_choices",
    "model_is_on_this_machine",
    "model_is_ready",
    "own_assistant",
    "queue_for",
    "read_file",
    "read_preset",
    "read_values",
    "remove_assistant",
    "require_choosable",
    "save_preset",
    "seed_assistants",
    "seed_models_and_presets",
    "stream_reply",
    "suggest_title",
    "usable_assistants",
    "usable_presets",
    "warm_up",
]
