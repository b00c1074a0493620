"""The door of this app: everything another app may call. Values are in `ai.types`."""

from ai.again import brief_again
from ai.assistants import (
    assistant_card,
    assistants_of_new_rooms,
    create_assistant,
    seed_assistants,
    usable_assistants,
)
from ai.memory.context import context_use
from ai.memory.facts import correct_fact, forget_fact, remember_fact
from ai.memory.forgetting import (
    clear_memory,
    forget_conversations,
    forget_message,
    rewrite_summary,
)
from ai.memory.recall import recall
from ai.memory.store import keep_turns, kept_turns
from ai.memory.summaries import keep_step, may_be_crowded, next_step, read_ahead, revision_of
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
from ai.passport import digest_of
from ai.placement import queue_for
from ai.preset_files import LONGEST_FILE as LONGEST_PRESET_FILE
from ai.preset_files import flat_form, full_form, read_file, read_preset
from ai.presets import change_preset, delete_preset, find_preset, save_preset, usable_presets
from ai.routing import Wishes, brief, routes_of
from ai.run import stream_reply
from ai.seed import seed_models_and_presets
from ai.server import describe_server, model_is_on_this_machine
from ai.titles import suggest_title
from ai.tools import documents_tool, without_passages
from ai.warm_up import warm_up

__all__ = [
    "LONGEST_PRESET_FILE",
    "PARAMETERS",
    "RANGES",
    "Parameters",
    "Wishes",
    "abilities_for",
    "assistant_card",
    "assistant_choices",
    "assistants_of_new_rooms",
    "brief",
    "brief_again",
    "change_assistant",
    "change_preset",
    "clear_memory",
    "context_use",
    "correct_fact",
    "create_assistant",
    "delete_preset",
    "describe_server",
    "digest_of",
    "documents_tool",
    "find_preset",
    "flat_form",
    "forget_conversations",
    "forget_fact",
    "forget_message",
    "full_form",
    "keep_step",
    "keep_turns",
    "kept_turns",
    "make_assistant",
    "may_be_crowded",
    "model_choices",
    "model_is_on_this_machine",
    "next_step",
    "own_assistant",
    "queue_for",
    "read_ahead",
    "read_file",
    "read_preset",
    "read_values",
    "recall",
    "remember_fact",
    "remove_assistant",
    "require_choosable",
    "revision_of",
    "rewrite_summary",
    "routes_of",
    "save_preset",
    "seed_assistants",
    "seed_models_and_presets",
    "stream_reply",
    "suggest_title",
    "usable_assistants",
    "usable_presets",
    "warm_up",
    "without_passages",
]
