"""The ways in which models write the number of a passage: `[1]`, `【1】`, `［１］`, `[1, 2]`, `[<1>]`."""

import re
import unicodedata

OPENERS = "[［【〔"
_NUMBER = r"\d{1,2}"
_BETWEEN = r"\s{0,2}[,，、;]\s{0,2}"
_MARK = re.compile(
    rf"[{re.escape(OPENERS)}]<?\s?\^?({_NUMBER}(?:{_BETWEEN}{_NUMBER}){{0,4}})\s?(?:†[^\]】\n]{{0,40}})?>?[\]］】〕]"
)
_BEGINNING = re.compile(
    rf"[{re.escape(OPENERS)}]<?\s?\^?"
    rf"(?:{_NUMBER}(?:{_BETWEEN}{_NUMBER}){{0,4}}(?:{_BETWEEN}|\s|[,，、;])?\s?(?:†[^\]】\n]{{0,40}})?>?)?"
)


def mark_at(text: str, place: int) -> tuple[tuple[int, ...], int] | None:
    """The numbers of the mark that begins here and the place behind it; None where there is none."""
    found = _MARK.match(text, place)
    if found is None:
        return None
    numbers = re.findall(_NUMBER, unicodedata.normalize("NFKC", found.group(1)))
    return tuple(map(int, numbers)), found.end()


def may_become_mark(text: str, place: int) -> bool:
    """Whether what begins here could still grow into a mark."""
    return _BEGINNING.fullmatch(text, place) is not None
