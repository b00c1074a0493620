"""Hears by rules whether a message asks for a picture: 「畫柴犬」 in its spellings, or `/draw`.

Only a message that is nothing else counts: no model is asked for it, so it is answered at once. What
stands inside a longer sentence is for the tool `draw_picture`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from chat.selectors.drawing_wishes import wishes_in
from imaging.types import SHIBA, Style

_DOG = r"(?:柴犬|柴柴|shiba(?:[ -]?inu)?|しば犬|シバ犬|시바견?(?:\s?이누)?)"
_POLITE = (
    r"(?:請|请|麻煩|麻烦|拜託|幫我|帮我|給我|给我|可以|能不能|please|can you|could you|draw me)"
)
_SEED = r"(?:\s*(?:#|＃|seed\s*|種子\s*|种子\s*|シード\s*|시드\s*)(?P<seed>\d{1,12}))?"
_END = r"\s*(?:吧|嗎|吗|please|plz|お願い(?:します)?)?\s*[。．.!！?？~～]*"
MOST_CHARACTERS = 80  # of a request; what is longer is a message
_FLAGS = re.IGNORECASE
_ASKED = re.compile(
    rf"(?:{_POLITE}\s*)*"
    r"(?:"
    rf"[畫画](?:一)?(?:隻|只|張|张|幅|個|个)?\s*{_DOG}(?:的?(?:圖|图|畫|画))?"
    rf"|(?:draw|paint)(?: me)?(?: an?| the| another)? {_DOG}"
    rf"|{_DOG}(?:の絵)?を?\s*(?:描いて|かいて|書いて)(?:ください|下さい|くれ)?"
    rf"|{_DOG}(?:을|를)?\s*(?:하나\s*|한\s?마리\s*)?그려\s?(?:줘|주세요|줄래|봐)요?"
    rf"){_SEED}{_END}",
    _FLAGS,
)
_NAMED = re.compile(_DOG, _FLAGS)
_COMMAND = re.compile(rf"/(?:draw|畫|画|描いて|그려)(?:\s+(?P<kind>[\w-]+))?{_SEED}\s*", _FLAGS)
_INSIDE = re.compile(
    rf"[畫画].{{0,6}}{_DOG}|\b(?:draw|paint|picture of)\b.{{0,20}}{_DOG}"
    rf"|{_DOG}.{{0,6}}(?:描い|かいて|그려)",
    _FLAGS,
)
_NAMES = {
    "柴犬": SHIBA, "柴柴": SHIBA, "しば犬": SHIBA, "시바견": SHIBA, "shibainu": SHIBA,
    "極簡": Style.MINIMALIST, "漫畫": Style.COMIC, "像素": Style.PIXEL, "寫實": Style.REALISTIC,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawingRequest:
    """The kind of picture that is asked for; `seed` is None where any will do.

    `wishes` are traits that it should have, for a Shiba alone.
    """

    kind: str
    seed: int | None = None
    wishes: Mapping[str, str] = field(default_factory=dict)


def drawing_asked_in(text: str) -> DrawingRequest | None:
    """What the whole of `text` asks to be drawn, or None."""
    text = unicodedata.normalize("NFKC", text).strip()
    command = _COMMAND.fullmatch(text)
    if command:
        named = (command["kind"] or SHIBA).lower()
        return DrawingRequest(_NAMES.get(named, named), _number(command["seed"]))
    if len(text) > MOST_CHARACTERS or not _NAMED.search(text):
        return None
    asked = _ASKED.fullmatch(text)
    if asked:
        return DrawingRequest(SHIBA, _number(asked["seed"]))
    wishes, rest = wishes_in(text)
    asked = _ASKED.fullmatch(rest) if wishes else None
    return DrawingRequest(SHIBA, _number(asked["seed"]), wishes) if asked else None


def mentions_drawing(text: str) -> bool:
    """Whether a sentence asks, among other things, for a Shiba to be drawn."""
    return _INSIDE.search(unicodedata.normalize("NFKC", text)) is not None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None
