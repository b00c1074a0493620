"""What is taken out of a text before it is kept: signs that nobody sees and that could carry orders.

Offsets of citations count the code points of what is left.
"""

import re
import unicodedata

from rag.types import Note

# Tags (U+E0000 to U+E007F) spell hidden sentences; the others hide, turn or invisibly part a text.
_HIDDEN = re.compile(
    "[\U000e0000-\U000e007f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a]"
)
# A variation selector says how the sign before it is drawn; a second one in a row carries data.
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_SPARE_SELECTORS = re.compile(rf"(?<=[{_SELECTORS}])[{_SELECTORS}]+|(?<![^\s])[{_SELECTORS}]+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n?|\x0c|\u2028|\u2029|\x85")
# Begins at the first blank alone and gives none back: else a long run would be read once a blank.
_SPACE_AT_END = re.compile(r"(?<![ \t])[ \t]++$", re.MULTILINE)
_MANY_EMPTY_LINES = re.compile(r"\n{4,}")
# UTF-8 that was read as Latin-1 or cp1252, once or twice, and what a decoder could not read.
_DAMAGE = re.compile(
    "\ufffd|[\u00c2-\u00c3\u00e2][\u0080-\u00bf\u20ac\u2122\u0153\u0161\u201a-\u201e]"
    "|[\u00e3-\u00ef][\u0080-\u00bf\u20ac\u2122\u0152\u0153\u0160\u0161\u2018-\u2022\u02c6\u02dc]{2}"
)
DAMAGED_SHARE = 0.0005  # one broken sign in two thousand is an accident, more is a wrong decoding


def cleaned(text: str) -> tuple[str, list[dict[str, str]]]:
    """The text in NFC without hidden and control characters, and notes about what was wrong."""
    notes = []
    seen = _LINE_ENDS.sub("\n", text)
    shown = _SPARE_SELECTORS.sub("", _HIDDEN.sub("", seen))
    if len(shown) < len(seen.replace("\ufeff", "")):
        notes.append({"code": Note.HIDDEN_CHARACTERS.value, "detail": ""})
    shown = unicodedata.normalize("NFC", _CONTROLS.sub("", shown))
    shown = _MANY_EMPTY_LINES.sub("\n\n\n", _SPACE_AT_END.sub("", shown)).strip()
    if is_damaged(shown):
        notes.append({"code": Note.DAMAGED_TEXT.value, "detail": ""})
    return shown, notes


def is_damaged(text: str) -> bool:
    """Whether the text looks decoded wrongly, here or before it came to us."""
    broken = sum(1 for _ in _DAMAGE.finditer(text))
    return broken > 0 and broken >= DAMAGED_SHARE * len(text)
