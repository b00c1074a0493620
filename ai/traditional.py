"""Turns an answer into Taiwan's Traditional Chinese as it streams, just as OpenCC would whole, but for
words that are Taiwan's already (`ai/homographs.py`).

Text is converted up to the last place that no phrase of the dictionaries spans, or could come to
span with the characters still to come; what lies behind it, mostly one to three characters, waits.
"""

import re
from functools import cache

from opencc import OpenCC

from ai.homographs import HomographKeeper
from ai.phrases import PhraseBook, read_dictionary
from ai.types import ReplyRequest

TAIWAN = "zh-hant"
_KANA_OR_HANGUL = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_BEHIND_PARTICLE = re.compile("(?<=的)(?=士)")
_LANGUAGES_WITH_HAN_OF_THEIR_OWN = ("ja", "ko")


def reads_traditional(request: ReplyRequest) -> bool:
    """Whether Chinese in this answer is for readers of Traditional Chinese.

    So it is in their rooms, and elsewhere for whoever uses the site in zh-Hant or asks in Chinese. What
    a reader of Japanese or Korean asks in it is answered so everywhere, and a kanji is no simplified
    character: their questions in Han alone are not taken for Chinese, and in their rooms whoever asks
    in Chinese must be a reader of zh-Hant too.
    """
    question = request.turns[-1].text if request.turns else ""
    is_other = bool(_KANA_OR_HANGUL.search(question))
    is_guest = request.asker_language in _LANGUAGES_WITH_HAN_OF_THEIR_OWN
    if request.language == TAIWAN:
        return not (is_other and is_guest)
    if is_other:
        return False
    is_chinese = bool(_HAN.search(question)) and not is_guest
    is_reader = request.asker_language == TAIWAN
    if request.language in _LANGUAGES_WITH_HAN_OF_THEIR_OWN:
        return is_chinese and is_reader
    return is_chinese or is_reader


class TraditionalStream:
    """Converts one answer, piece by piece; the joined results equal the whole text's conversion."""

    def __init__(self) -> None:
        self._waiting = ""
        self._keeper = HomographKeeper(_converter().convert)

    def feed(self, piece: str) -> str:
        """What can be said for certain now; may be empty."""
        self._waiting += piece
        border = _safe_border(self._waiting)
        ready, self._waiting = self._waiting[:border], self._waiting[border:]
        return self._keeper.convert(ready) if ready else ""

    def flush(self) -> str:
        """The rest, at the end of the answer."""
        rest, self._waiting = self._waiting, ""
        return self._keeper.convert(rest) if rest else ""


def preload() -> None:
    """Loads the dictionaries, a fifth of a second, before the first answer needs them."""
    stream = TraditionalStream()
    stream.feed("软件")
    stream.flush()


def _safe_border(text: str) -> int:
    """The last index that no phrase spans. s2twp cuts by the simplified phrases first and applies
    Taiwan's to what the characters became, so each kind is looked up in its own view of the text.
    """
    normal = text.translate(_normal_forms())
    views = (
        (_simplified_phrases(), normal),
        (_taiwan_phrases(), normal.translate(_traditional_characters())),
    )
    border = spanned_to = 0
    for start in range(len(text)):
        if spanned_to <= start:
            border = start
        for book, view in views:
            end, may_grow = book.reach(view, start)
            if may_grow:
                return border
            spanned_to = max(spanned_to, end)
    return len(text) if spanned_to <= len(text) else border


class _Converter:
    """OpenCC, to which 的 before 士 is a particle: its dictionary of Taiwan's words makes a taxi of
    的士, and would put one into 他的士兵.
    """

    def __init__(self) -> None:
        self._opencc = OpenCC("s2twp")

    def convert(self, text: str) -> str:
        return "".join(map(self._opencc.convert, _BEHIND_PARTICLE.split(text)))


@cache
def _converter() -> _Converter:
    return _Converter()


@cache
def _simplified_phrases() -> PhraseBook:
    names = ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases")
    return PhraseBook(phrase for name in names for phrase in read_dictionary(name))


@cache
def _taiwan_phrases() -> PhraseBook:
    names = ("TWPhrases", "TWVariantsPhrases")
    return PhraseBook(phrase for name in names for phrase in read_dictionary(name))


@cache
def _normal_forms() -> dict[int, str]:
    return _by_code_point(read_dictionary("CJK_Compatibility_Ideographs"))


@cache
def _traditional_characters() -> dict[int, str]:
    return _by_code_point(read_dictionary("STCharacters"))


def _by_code_point(characters: dict[str, str]) -> dict[int, str]:
    return {ord(key): value for key, value in characters.items() if len(key) == len(value) == 1}
