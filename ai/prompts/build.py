"""Puts a prompt together: a system message, then the turns that fit, roles alternating."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from ai.backends.base import ChatMessage
from ai.prompts.corrections import corrections
from ai.prompts.marks import marked, plain
from ai.prompts.notes import notes
from ai.prompts.system import system_prompt
from ai.prompts.tokens import MESSAGE_OVERHEAD, clipped, estimate_tokens
from ai.prompts.window import KEPT_SHARE, window_start
from ai.types import ReplyRequest, Turn

LEAST_BUDGET = 128  # below this there is no conversation left to answer to
PERSONA_SHARE = 0.25  # of the budget, at most

Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Draft:
    """What may stand in a prompt, before it is known how many of the turns fit."""

    system: ChatMessage
    turns: tuple[ChatMessage, ...]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything whose size decides what fits."""
        return (self.system.content, *(turn.content for turn in self.turns))


def build_messages(
    request: ReplyRequest, *, budget: int, measure: Measure = estimate_tokens
) -> tuple[ChatMessage, ...]:
    """The prompt for `request` in about `budget` tokens. It ends with a user message.

    For a growing conversation each prompt begins with the one before, except after a cut and when
    what is remembered changes. `measure` counts the tokens of a text.
    """
    draft = draft_prompt(request, budget=budget)
    corrected = corrections(request)
    left = max(LEAST_BUDGET, budget - _size(draft.system, measure) - estimate_tokens(corrected))
    messages = _alternating(_shown(draft.turns, measure, budget=left))
    return (draft.system, *_followed_by(corrected, messages))


def draft_prompt(request: ReplyRequest, *, budget: int) -> Draft:
    """The system message, and every turn as the model would read it."""
    system = _system(request, budget)
    left = max(LEAST_BUDGET, budget - _size(system, estimate_tokens))
    limit = int(left * KEPT_SHARE) - MESSAGE_OVERHEAD
    return Draft(system, tuple(_read(turn, limit) for turn in request.turns))


def _system(request: ReplyRequest, budget: int) -> ChatMessage:
    """Who the assistant is, how it answers here, and what it remembers: from what never changes to
    what changes most.
    """
    name = request.assistant_name or request.assistant
    persona = clipped(plain(request.brief.instructions), limit=int(budget * PERSONA_SHARE))
    rules = system_prompt(language=request.language, name=name)
    remembered = notes(request.recall, language=request.language, budget=budget)
    return ChatMessage("system", "\n\n".join(filter(None, (persona, rules, remembered))))


def _shown(turns: Sequence[ChatMessage], measure: Measure, *, budget: int) -> list[ChatMessage]:
    start = window_start([_size(turn, measure) for turn in turns], budget=budget)
    shown = turns[start:]
    first_of_users = (i for i, message in enumerate(shown) if message.role == "user")
    return list(shown[next(first_of_users, 0) :])


@lru_cache(maxsize=1024)
def _read(turn: Turn, limit: int) -> ChatMessage:
    """The turn as the model reads it; a conversation's turns come back each time."""
    by_user = turn.role == "user"
    said = marked(sender=turn.sender, text=turn.text) if by_user else plain(turn.text)
    return ChatMessage(turn.role, clipped(said, limit=limit))


def _alternating(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """Neighbours of one role joined to one message: many templates refuse anything else."""
    return [
        ChatMessage(role, "\n".join(message.content for message in group))
        for role, group in groupby(messages, key=lambda message: message.role)
    ]


def _followed_by(text: str, messages: Sequence[ChatMessage]) -> Sequence[ChatMessage]:
    """The messages with the text, if any, at the end of the last one."""
    if not text:
        return messages
    *before, last = messages
    return [*before, ChatMessage(last.role, f"{last.content}\n{text}")]


def _size(message: ChatMessage, measure: Measure) -> int:
    return measure(message.content) + MESSAGE_OVERHEAD
