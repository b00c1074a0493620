"""How likely a model begins its answer with which words, by the log-probabilities of OpenAI's dialect."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from ai.backends.base import ChatMessage, ServerSettings
from ai.backends.functions import wire_message
from ai.backends.questions import ask_each

MOST_WORDS = 20  # as many as vLLM and OpenAI's own servers tell
WITHIN_S = 10.0  # where others are answered first


class Word(msgspec.Struct):
    """A token and the logarithm of its probability."""

    token: str
    logprob: float


class Place(msgspec.Struct):
    """What might have stood in one place of the answer."""

    top_logprobs: list[Word] = []


class Odds(msgspec.Struct):
    """The places of one answer."""

    content: list[Place] | None = None


class Choice(msgspec.Struct):
    """One answer; without odds where the server leaves out what it does not know."""

    logprobs: Odds | None = None


class Completion(msgspec.Struct):
    """A whole answer."""

    choices: list[Choice] = []


async def first_words(
    server: ServerSettings, *, model: str, messages: Sequence[ChatMessage]
) -> Mapping[str, float] | None:
    """Probabilities by word, in small letters and without blanks; None where none are told."""
    body = {
        "model": model,
        "messages": [wire_message(message) for message in messages],
        "max_tokens": 1,
        "temperature": 0,
        "logprobs": True,
        "top_logprobs": MOST_WORDS,
    }
    told = await ask_each(server, "/v1/chat/completions", [body], Completion, step_s=WITHIN_S)
    places = [
        place
        for completion in told or ()
        for choice in completion.choices[:1]
        for place in (choice.logprobs.content or () if choice.logprobs else ())[:1]
    ]
    words: defaultdict[str, float] = defaultdict(float)
    for word in places[0].top_logprobs if places else ():
        words[word.token.strip().lower()] += math.exp(min(word.logprob, 0.0))
    return words or None
