"""Weighs the mood of a text by counting words of a list; zh, en, ja and ko, and emoji.

It looks no further than a negation beside a word: irony, comparison and context are beyond it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LEXICON = Path(__file__).with_name("lexicon.toml")
NEUTRAL_BELOW = 0.2  # of the balance, from -1 to 1
BEFORE_CHARACTERS = {"zh": 3, "ko": 3}  # how far before a word its negation stands
AFTER_CHARACTERS = {"ja": 6, "ko": 5}  # how far behind it
BEFORE_WORDS = 3  # in English
_PAUSE = re.compile(r"[，。！？、,.!?\s]")
_KOREAN_BEFORE, _KOREAN_BEHIND = (
    re.compile(r"(?:^|\s)[안못]\s?$"),
    re.compile("^[가-힣]{0,2} ?[않못]"),
)


@dataclass(frozen=True, slots=True)
class Mood:
    """`balance` goes from -1, only bad words, to 1, only good ones; `words` are those that counted."""

    balance: float
    words: tuple[str, ...]

    @property
    def label(self) -> str:
        """One word: positive, negative, neutral, or unknown where no word of the list was found."""
        if not self.words:
            return "unknown"
        if abs(self.balance) < NEUTRAL_BELOW:
            return "neutral"
        return "positive" if self.balance > 0 else "negative"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language with their sides, and what turns them round."""

    pattern: re.Pattern[str]
    sides: dict[str, int]
    negations: tuple[str, ...]


def mood_of(text: str) -> Mood:
    """The mood of a text in any of the languages, or of several."""
    hits = [hit for language in _lexicon() for hit in _hits(language, text.lower())]
    balance = sum(side for _, side in hits) / len(hits) if hits else 0.0
    return Mood(round(balance, 2), tuple(dict.fromkeys(word for word, _ in hits)))


def size() -> int:
    """How many words the list has."""
    return sum(len(words.sides) for words in _lexicon().values())


def _hits(language: str, text: str) -> Iterator[tuple[str, int]]:
    words = _lexicon()[language]
    for found in words.pattern.finditer(text):
        word = found.group()
        turned = _is_negated(language, text, found.start(), found.end())
        yield (f"¬{word}", -words.sides[word]) if turned else (word, words.sides[word])


def _is_negated(language: str, text: str, start: int, end: int) -> bool:
    negations = _lexicon()[language].negations
    if language == "en":
        words = re.findall(r"[a-z']+", _clause_before(text[:start]).replace("’", "'"))
        return any(word in negations for word in words[-BEFORE_WORDS:])
    before = text[max(0, start - BEFORE_CHARACTERS.get(language, 0)) : start]
    behind = text[end : end + AFTER_CHARACTERS.get(language, 0)]
    if language == "ko":
        return bool(_KOREAN_BEFORE.search(before) or _KOREAN_BEHIND.search(behind))
    near = _PAUSE.split(before)[-1] + _PAUSE.split(behind)[0]
    return any(negation in near for negation in negations)


def _clause_before(text: str) -> str:
    return re.split(r"[.,;!?]|\bbut\b", text)[-1]


@cache
def _lexicon() -> dict[str, _Words]:
    with LEXICON.open("rb") as file:
        lists = tomllib.load(file)
    return {language: _words(language, sides) for language, sides in lists.items()}


def _words(language: str, lists: dict[str, str]) -> _Words:
    sides = dict.fromkeys(lists["positive"].split(), 1)
    sides |= dict.fromkeys(lists["negative"].split(), -1)
    longest_first = "|".join(map(re.escape, sorted(sides, key=len, reverse=True)))
    pattern = rf"\b(?:{longest_first})\b" if language == "en" else longest_first
    return _Words(re.compile(pattern), sides, tuple(lists.get("negations", "").split()))
