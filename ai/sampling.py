"""How the next token is drawn: the presets this project names, and what a model family needs."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Sampling:
    """Parameters of one reply. `max_tokens` bounds the answer; `top_k` 0 means no limit."""

    temperature: float
    repetition_penalty: float
    max_tokens: int
    top_p: float
    top_k: int


CHAT = Sampling(temperature=0.7, repetition_penalty=1.1, max_tokens=256, top_p=0.9, top_k=40)

# Measured: the small Qwen models loop in Chinese below this penalty.
_PENALTY_OF_FAMILY = {"qwen2.5": 1.15}


def chat_sampling(*, model: str, max_tokens: int) -> Sampling:
    """The chat preset with this answer length, adjusted to what the family of `model` needs."""
    family = next((name for name in _PENALTY_OF_FAMILY if name in model.lower()), "")
    penalty = _PENALTY_OF_FAMILY.get(family, CHAT.repetition_penalty)
    return replace(CHAT, max_tokens=max_tokens, repetition_penalty=penalty)
