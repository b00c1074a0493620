"""Puts a prompt together: a constant system message, then the turns that fit, roles alternating."""

from collections.abc import Sequence
from itertools import groupby

from ai.backends.base import ChatMessage
from ai.prompts.marks import marked, plain
from ai.prompts.system import system_prompt
from ai.prompts.tokens import MESSAGE_OVERHEAD, clipped, estimate_tokens
from ai.prompts.window import KEPT_SHARE, window_start
from ai.types import ReplyRequest, Turn

LEAST_BUDGET = 128  # below this there is no conversation left to answer to


def build_messages(request: ReplyRequest, *, budget: int) -> tuple[ChatMessage, ...]:
    """The prompt for `request` in about `budget` tokens. It ends with a user message.

    For a growing conversation each prompt begins with the one before, except after a cut.
    """
    name = request.assistant_name or request.assistant
    system = ChatMessage("system", system_prompt(language=request.language, name=name))
    left = max(LEAST_BUDGET, budget - _size(system))
    return (system, *_alternating(_shown(request.turns, budget=left)))


def _shown(turns: Sequence[Turn], *, budget: int) -> list[ChatMessage]:
    limit = int(budget * KEPT_SHARE) - MESSAGE_OVERHEAD
    messages = [ChatMessage(turn.role, clipped(_said(turn), limit=limit)) for turn in turns]
    shown = messages[window_start([_size(message) for message in messages], budget=budget) :]
    first_of_users = (i for i, message in enumerate(shown) if message.role == "user")
    return shown[next(first_of_users, 0) :]


def _said(turn: Turn) -> str:
    if turn.role == "assistant":
        return plain(turn.text)
    return marked(sender=turn.sender, text=turn.text)


def _alternating(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Neighbours of one role joined to one message: many templates refuse anything else."""
    return [
        ChatMessage(role, "\n".join(message.content for message in group))
        for role, group in groupby(messages, key=lambda message: message.role)
    ]


def _size(message: ChatMessage) -> int:
    return estimate_tokens(message.content) + MESSAGE_OVERHEAD
