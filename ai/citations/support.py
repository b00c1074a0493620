"""Measures whether a passage supports a sentence: by its figures first, then by its words.

A figure that is neither in the passage nor in the question speaks against it. Within one script the
share of the sentence's words counts; between scripts only what is written alike in both, names and
figures. The thresholds were set on `bench/citation_sentences.toml`.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rag.api import keywords_of

STATED = 0.35  # of the sentence's words, where the model gave the number itself
UNSTATED = 0.6  # where it did not
NEWS = 0.5  # of those that are not the question's
LEAST_WEIGHT = 3.0  # a sentence of less says too little to be found anywhere
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_GRAMMAR = re.compile(r"[\u3041-\u309f]{2}|[的是了在有和与为就也]{2}|니다|습니|입니|합니|있습")
_SHORT_WORD = re.compile(
    r"an?|and|are|as|at|be|by|can|do|does|for|from|has|have|if|in|is|it|its|not|of|on|or|that|the"
    r"|this|to|was|were|will|with|you|your"
)
_SCRIPTS = {
    "han": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"),
    "kana": re.compile(r"[\u3041-\u30ff]"),
    "hangul": re.compile(r"[\uac00-\ud7af]"),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text is compared by: `words`, figures among them, and the script of most of it."""

    words: frozenset[str]
    figures: frozenset[str]
    script: str


def is_supported(sentence: str, passage: str, *, question: str, stated: bool) -> bool:
    """Whether the passage supports the sentence, which answers the question.

    `stated`: the model named the passage; else the sentence must share more with it, and say
    something that the question did not, and that the passage says too.
    """
    least = STATED if stated else UNSTATED
    if support(sentence, passage, question=question) < least:
        return False
    return stated or _tells_of(passage, sentence, question)


def is_compatible(sentence: str, passage: str, *, question: str) -> bool:
    """Whether a sentence in another script may say what the passage says: nothing can be compared but
    figures, and none speaks against it.
    """
    said, read = terms_of(sentence), terms_of(passage)
    return (
        any(map(str.isalnum, sentence))
        and said.script != read.script
        and not said.figures - read.figures - terms_of(question).figures
    )


def support(sentence: str, passage: str, *, question: str) -> float:
    """From 0 to 1: the share of the sentence that the passage holds."""
    said, read, asked = terms_of(sentence), terms_of(passage), terms_of(question)
    if not said.words or said.figures - read.figures - asked.figures:
        return 0.0
    if said.script == read.script:
        return _weight(said.words & read.words) / _weight(said.words)
    return 1.0 if said.words & read.words - asked.words else 0.0


def _tells_of(passage: str, sentence: str, question: str) -> bool:
    said, read = terms_of(sentence), terms_of(passage)
    news = said.words - terms_of(question).words
    known = _weight(news & read.words)
    told = known > 0 if said.script != read.script else known >= NEWS * _weight(news) > 0
    return told and _weight(said.words) >= LEAST_WEIGHT


@lru_cache(maxsize=256)
def terms_of(text: str) -> Terms:
    """The keywords that carry meaning; a question and its passages come back with each sentence."""
    plain = unicodedata.normalize("NFKC", text)
    figures = {figure.replace(",", "").lstrip("0") for figure in _FIGURE.findall(plain)}
    words = {word for word in keywords_of(text) if not word.isdecimal()}
    carrying = {w for w in words if not (_SHORT_WORD.fullmatch(w) or _GRAMMAR.fullmatch(w))}
    return Terms(frozenset(carrying | figures), frozenset(figures), _script_of(plain))


def _weight(words: frozenset[str]) -> float:
    """A pair of characters counts one, a Latin word or a figure two."""
    return sum(2.0 if word.isascii() else 1.0 for word in words)


def _script_of(text: str) -> str:
    """Kana and hangul tell the language even among many Han characters and names."""
    counts = {name: len(pattern.findall(text)) for name, pattern in _SCRIPTS.items()}
    if counts["hangul"] > counts["han"]:
        return "hangul"
    if counts["kana"] > 1:
        return "kana"
    return "han" if counts["han"] > 1 else "latin"
