"""What a text from outside may hold."""

import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")
# Zero-width joiner and non-joiner shape emoji and scripts; the direction marks below mislead readers.
_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def normalised(text: str) -> str:
    """NFC with Unix line ends, without blank space around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def is_safe(text: str) -> bool:
    """False where control, direction or unpaired surrogate characters could mislead or break."""
    return not any(
        character in _DIRECTION
        or (unicodedata.category(character) in ("Cc", "Cs") and character not in _KEPT_CONTROLS)
        for character in text
    )
