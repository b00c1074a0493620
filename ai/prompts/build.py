"""Puts a prompt together: a constant system message, then the turns that fit, roles alternating."""

from collections.abc import Sequence
from functools import lru_cache
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
    messages, sizes = zip(*(_measured(turn, limit) for turn in turns), strict=True)
    shown = messages[window_start(sizes, budget=budget) :]
    first_of_users = (i for i, message in enumerate(shown) if message.role == "user")
    return list(shown[next(first_of_users, 0) :])


@lru_cache(maxsize=1024)
def _measured(turn: Turn, limit: int) -> tuple[ChatMessage, int]:
    """The turn as the model reads it, and its size; a conversation's turns come back each time."""
    by_user = turn.role == "user"
    said = marked(sender=turn.sender, text=turn.text) if by_user else plain(turn.text)
    message = ChatMessage(turn.role, clipped(said, limit=limit))
    return message, _size(message)


def _alternating(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Neighbours of one role joined to one message: many templates refuse anything else."""
    return [
        ChatMessage(role, "\n".join(message.content for message in group))
        for role, group in groupby(messages, key=lambda message: message.role)
    ]


def _size(message: ChatMessage) -> int:
    return estimate_tokens(message.content) + MESSAGE_OVERHEAD
