"""From a request to the messages a model reads."""

from ai.prompts.build import build_messages
from ai.prompts.marks import voices_of_others
from ai.prompts.whole import whole_prompt

__all__ = ["build_messages", "voices_of_others", "whole_prompt"]
