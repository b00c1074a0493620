"""Estimates how many tokens a text has, in microseconds and without asking the server.

Weights were set against the tokenizer of Qwen2.5 on zh-Hant, zh-Hans, en, ja, ko, code and emoji:
never more than a tenth too low there, at most twice too high. Too high only shortens the prompt.
"""

import re

MESSAGE_OVERHEAD = 5  # the template's words around each message

_WEIGHTS = (
    (re.compile(r"[a-z]+"), 0.28),
    (re.compile(r"[A-Z]+"), 0.45),
    (re.compile(r" +"), 0.1),
    (re.compile(r"[0-9]+"), 1.0),
    (re.compile(r"[!-/:-@\[-`{-~\n\t]+"), 0.6),
    (re.compile(r"[\x80-\uffff]+"), 0.82),
    (re.compile(r"[\U00010000-\U0010ffff]+"), 2.5),
)


def estimate_tokens(text: str) -> int:
    """About how many tokens `text` is, rounded up."""
    total = sum(weight * sum(map(len, pattern.findall(text))) for pattern, weight in _WEIGHTS)
    return int(total) + 1


def clipped(text: str, *, limit: int) -> str:
    """The text, or its beginning and its end around an ellipsis where it is longer than `limit`.

    What is cut in its middle does not begin a line, where it could look like a mark.
    """
    tokens = estimate_tokens(text)
    if tokens <= limit:
        return text
    kept = int(len(text) * limit / tokens)
    head, tail = kept * 2 // 3, kept // 3
    return f"{text[:head]}\n… {text[len(text) - tail :]}"


def clipped_beginning(text: str, *, limit: int) -> str:
    """The text, or its end behind an ellipsis where it is longer than `limit`."""
    tokens = estimate_tokens(text)
    if tokens <= limit:
        return text
    return f"…{text[len(text) - int(len(text) * limit / tokens) :]}"
