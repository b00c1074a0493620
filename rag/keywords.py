"""The words that keyword search compares: folded to simplified characters, and cut into bigrams.

Bigrams of Chinese, Japanese and Korean need no dictionary and beat word segmentation there; other
scripts are words. What is folded here is folded in queries and in chunks alike.
"""

import re
import unicodedata
from functools import cache

import opencc

_WORD = re.compile(r"[^\W_]+")
_EAST_ASIAN = re.compile(
    r"[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff]+"
)
LONGEST = 64  # characters of one keyword; what is longer is no word


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def folded(text: str) -> str:
    """The text as it is compared: NFKC, lower case, simplified Chinese characters."""
    return str(_simplifier().convert(unicodedata.normalize("NFKC", text).casefold()))


def keywords_of(text: str) -> list[str]:
    """The keywords of a text in their order, with repetitions: words, and bigrams of CJK runs."""
    found: list[str] = []
    for word in _WORD.findall(folded(text)):
        place = 0
        for run in _EAST_ASIAN.finditer(word):
            found += [word[place : run.start()], *_bigrams(run.group())]
            place = run.end()
        found.append(word[place:])
    return [word[:LONGEST] for word in found if word]


def _bigrams(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]
