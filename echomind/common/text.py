"""What a text from outside may hold."""

import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")
_FILLERS = frozenset("\u2800\u115f\u1160\u3164\uffa0")  # letters and signs drawn as nothing
# Zero-width joiner and non-joiner shape emoji and scripts; the direction marks below mislead readers.
_DIRECTION = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def normalised(text: str) -> str:
    """NFC with Unix line ends, without blank space around it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """The normalised text with each run of white space as one blank."""
    return " ".join(normalised(text).split())


def is_storable(text: str) -> bool:
    """False for what Postgres cannot hold: no row has such a text, and asking for one fails."""
    return "\0" not in text


def is_visible(text: str) -> bool:
    """Whether there is anything to see: formats, marks, separators and fillers alone are nothing."""
    return any(
        unicodedata.category(character)[0] not in "CMZ" and character not in _FILLERS
        for character in text
    )


def is_safe(text: str) -> bool:
    """False where control, direction or unpaired surrogate characters could mislead or break."""
    return not any(
        character in _DIRECTION
        or (unicodedata.category(character) in ("Cc", "Cs") and character not in _KEPT_CONTROLS)
        for character in text
    )
