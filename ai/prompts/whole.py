"""The whole prompt of a request: built anew or given, and the beginning of the answer if there is one."""

from collections.abc import Sequence

import msgspec

from ai.backends.base import ChatMessage
from ai.prompts.build import Measure, build_messages
from ai.prompts.marks import plain
from ai.prompts.tokens import clipped_beginning, estimate_tokens
from ai.types import PromptMessage, ReplyRequest

WRITTEN_SHARE = 0.5  # of the budget, at most, for what was written of the answer


def whole_prompt(
    request: ReplyRequest, *, budget: int, measure: Measure = estimate_tokens
) -> tuple[ChatMessage, ...]:
    """The messages that the model reads. A last one of the assistant is for it to go on from."""
    if request.prompt:
        return read_prompt(request.prompt)
    if not request.written:
        return build_messages(request, budget=budget, measure=measure)
    written = clipped_beginning(plain(request.written), limit=int(budget * WRITTEN_SHARE))
    left = budget - estimate_tokens(written)
    messages = build_messages(request, budget=left, measure=measure)
    return (*messages, ChatMessage("assistant", written))


def read_prompt(prompt: Sequence[PromptMessage]) -> tuple[ChatMessage, ...]:
    """A prompt from its JSON values."""
    return msgspec.convert(list(prompt), type=tuple[ChatMessage, ...])
