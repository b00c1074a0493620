"""The language that a question is asked in, of the four that the site speaks."""

import re

_KANA = re.compile(r"[\u3041-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"(?<!\S)[a-z]{2,}(?![^\s?!.,;:])")
LEAST_WORDS = 2  # in small letters; less than that may be names alone


def language_of(question: str, *, otherwise: str) -> str:
    """The language its script tells; `otherwise` where it tells none, as a name or a number alone."""
    if _KANA.search(question):
        return "ja"
    if _HANGUL.search(question):
        return "ko"
    if _HAN.search(question):
        return "ja" if otherwise == "ja" else "zh-hant"
    return "en" if len(_LATIN_WORD.findall(question)) >= LEAST_WORDS else otherwise
