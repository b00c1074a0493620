"""Words that Taiwan and the mainland write alike and mean differently: 文件 is a document in Taiwan and a
file on the mainland, 程序 a procedure and a program.

OpenCC's dictionary of Taiwan's words tells which they are: it replaces them, and also puts them in the
place of others. Who writes Traditional characters means Taiwan's word by them.
"""

import re
from collections.abc import Callable
from functools import cache

from ai.phrases import read_dictionary


class HomographKeeper:
    """Converts the text of one answer but for its homographs in Traditional writing.

    What an answer has shown of its script so far decides; at its beginning, as this is for readers of
    Traditional Chinese, they are kept.
    """

    def __init__(self, convert: Callable[[str], str]) -> None:
        self._convert = convert
        self._is_simplified = False

    def convert(self, text: str) -> str:
        """The next part of the answer, which cuts no phrase of the dictionaries in two."""
        said, begin = [], 0
        for found in _phrases_around_homographs().finditer(text):
            self._note_script(text[begin : found.start()])
            if found.group() in _homographs() and not self._is_simplified:
                said += [self._convert(text[begin : found.start()]), found.group()]
                begin = found.end()
        self._note_script(text[begin:])
        return "".join([*said, self._convert(text[begin:])])

    def _note_script(self, text: str) -> None:
        simplified, traditional = _telling_characters()
        telling = [one for one in text if one in simplified or one in traditional]
        if telling:
            self._is_simplified = telling[-1] in simplified


@cache
def _homographs() -> frozenset[str]:
    """What is replaced, and replaces another word."""
    words = read_dictionary("TWPhrases")
    return frozenset(words).intersection(words.values())


@cache
def _phrases_around_homographs() -> re.Pattern[str]:
    """Every homograph, and the longer phrases that have one in them, which are no homographs."""
    names = ("TWPhrases", "STPhrases_GeneratedFromRegionalPhrases")
    phrases = {phrase for name in names for phrase in read_dictionary(name)}
    around = {phrase for phrase in phrases if any(word in phrase for word in _homographs())}
    return re.compile("|".join(sorted(around, key=len, reverse=True)))


@cache
def _telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    """The characters of simplified writing alone, and those of Traditional writing alone."""
    written = set("".join(read_dictionary("STPhrases").values()))
    simplified = {one for one, other in read_dictionary("STCharacters").items() if one != other}
    traditional = {one for one, other in read_dictionary("TSCharacters").items() if one != other}
    return frozenset(simplified - written), frozenset(traditional)
