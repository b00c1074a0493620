"""Marks who said what, so that no text can pass for somebody else's words or for a new role.

A user turn begins with `[name] `. Lines of the text that look like such a mark are quoted, and the
control words of chat templates are broken apart.
"""

import re
from collections.abc import Sequence

from ai.types import Turn

NAME_LIMIT = 40
MOST_STOPS = 4
NAMELESS = "?"

BRACKETS = ("[]", "［］", "【】", "〔〕", "〖〗", "〚〛", "⟦⟧", "⦗⦘", "❲❳", "﹇﹈", "⁅⁆")
_OPENERS = re.escape("".join(pair[0] for pair in BRACKETS))
_CLOSERS = re.escape("".join(pair[1] for pair in BRACKETS))
_LOOKS_LIKE_MARK = re.compile(
    rf"^(?=[^\S\n]*[{_OPENERS}][^{_CLOSERS}\n]{{1,80}}[{_CLOSERS}])", re.MULTILINE
)
_BRACKETS = re.compile(rf"[{_OPENERS}{_CLOSERS}<>\n]")

# Unicode's categories Cc, Cf, Co and Cs: controls, zero width, bidi, tags, private use. Line ends
# and tabs stay, and so does the joiner of compound emoji.
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u180e"
    "\\u200b\\u200c\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\ud800-\\uf8ff"
    "\\U000110bd\\U000110cd\\U00013430-\\U0001343f\\U0001bca0-\\U0001bca3\\U0001d173-\\U0001d17a"
    "\\U000e0001-\\U000e007f\\U000f0000-\\U0010ffff]"
)
# Every kind of line end that a reader, or a model, takes for one.
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control words of the templates in use: ChatML and Llama 3, Gemma, Llama 2 and Mistral, DeepSeek; tools.
_CONTROL_WORDS = re.compile(
    r"<(?=\|)|(?<=\|)>|<(?=[｜/]?(?:start_of_turn|end_of_turn|s|bos|eos|pad|unk)>)|<(?=｜)"
    r"|(?<=｜)>|<(?=<?/?SYS>)|\[(?=/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|AVAILABLE_TOOLS)\])"
    r"|<(?=/?(?:tool_call|tool_response|tools)>)",
    re.IGNORECASE,
)


def marked(*, sender: str, text: str) -> str:
    """What `sender` said, as a model reads it in a user message."""
    return f"[{clean_name(sender)}] {quoted(text)}"


def quoted(text: str) -> str:
    """The text in plain characters, with lines that look like a mark quoted."""
    return _LOOKS_LIKE_MARK.sub("> ", plain(text))


def voices_of_others(turns: Sequence[Turn]) -> tuple[str, ...]:
    """How the words of the people who spoke last would begin in an answer, which must end there.

    At most four: OpenAI's own servers take no more stops.
    """
    spoken = [clean_name(turn.sender) for turn in turns if turn.role == "user"]
    names = list(dict.fromkeys(reversed(spoken)))[:MOST_STOPS]
    return tuple(f"\n[{name}]" for name in names)


def mark_forms(name: str) -> tuple[str, ...]:
    """The mark of this name in each kind of bracket that a model may draw it with."""
    return tuple(f"{pair[0]}{clean_name(name)}{pair[1]}" for pair in BRACKETS)


def plain(text: str) -> str:
    """The text without control words, invisible characters and odd line ends."""
    visible = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return _CONTROL_WORDS.sub(_broken, visible)


def plain_line(text: str) -> str:
    """The plain text on one line, so that nothing of it can look like another one."""
    return " ".join(plain(text).split())


def clean_name(name: str) -> str:
    """A name on one line, without brackets, never empty, and not like the number of a passage."""
    flat = " ".join(_BRACKETS.sub(" ", plain(name)).split())[:NAME_LIMIT]
    return f"“{flat}”" if flat.isnumeric() else flat or NAMELESS


def _broken(found: re.Match[str]) -> str:
    sign = found.group()
    return f" {sign}" if sign == ">" else f"{sign} "
