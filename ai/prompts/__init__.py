"""From a request to the messages a model reads."""

from ai.prompts.build import Measure, build_messages, draft_prompt
from ai.prompts.marks import voices_of_others
from ai.prompts.notes import line_of
from ai.prompts.whole import whole_prompt

__all__ = [
    "Measure",
    "build_messages",
    "draft_prompt",
    "line_of",
    "voices_of_others",
    "whole_prompt",
]
