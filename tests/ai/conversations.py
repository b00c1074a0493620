"""Conversations that tests speak of."""

import random

from ai.parameters import Parameters
from ai.types import Brief, ReplyRequest, Turn


def request_of(
    *turns: Turn,
    language: str = "en",
    conversation: str = "room:sage",
    max_tokens: int = 256,
    top_k: int = Parameters().top_k,
) -> ReplyRequest:
    """A request whose last turn is the question. With `top_k` 1 nothing is left to chance."""
    return ReplyRequest(
        conversation=conversation,
        assistant="sage",
        language=language,
        turns=turns,
        trace_id="trace",
        assistant_name="Sage",
        brief=Brief(parameters=Parameters(max_tokens=max_tokens, top_k=top_k)),
    )


def asked(text: str, sender: str = "Mei") -> Turn:
    """What a person says."""
    return Turn("user", sender, text)


def answered(text: str) -> Turn:
    """What the assistant said."""
    return Turn("assistant", "Sage", text)


def long_conversation(turns: int, *, seed: int = 0) -> list[Turn]:
    """People who talk among themselves and to the assistant, in messages short and long."""
    dice = random.Random(seed)
    people = ("Mei", "阿宏", "健太")
    said = []
    for number in range(turns):
        words = " ".join(f"word{dice.randrange(1000)}" for _ in range(dice.randrange(1, 16)))
        if number and dice.random() < 0.4:
            said.append(answered(f"{number}. {words}"))
        else:
            said.append(asked(f"{number}. {words}", dice.choice(people)))
    return said
