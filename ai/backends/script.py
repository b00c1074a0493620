"""What a scripted model says and how it misbehaves; one script for the backend and the server."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Failure = Literal[
    "", "busy", "error", "key", "missing", "html", "half", "garbage", "cut", "cut_utf8"
]

_TOKEN = re.compile(r"[一-鿿぀-ヿ가-힯]|\s?[^\s一-鿿぀-ヿ가-힯]{1,4}|\s", re.ASCII)


class ScriptedCall(msgspec.Struct, frozen=True):
    """One call of a tool; `arguments` is sent as it stands here, JSON or not."""

    name: str
    arguments: str = "{}"


class Script(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One behaviour. Times in seconds.

    `failure`: busy = refuses with 429; error = 500; key = 401; missing = 404; html = a page of HTML;
    half = half a JSON; garbage = a line nobody can read; cut = the connection ends; cut_utf8 = it
    ends inside a character. The last three come after `failure_after` tokens.
    """

    text: str = "Hello! 這是一則照本宣科的回答。 It always says the same."
    repeat: int = 1  # how often `text` is said, for long answers
    tokens_per_second: float = 200.0  # 0: as fast as it can
    silence_s: float = 0.0  # before the first token
    failure: Failure = ""
    failure_after: int = 0
    calls: tuple[ScriptedCall, ...] = ()  # instead of the text, where tools are offered
    affirms: tuple[str, ...] | None = None  # what is judged and holds one of these; None: no odds
    judging_s: float = 0.0  # before it says yes or no
    call_rounds: int = 1  # so many answers to one question call tools before one speaks

    def tokens(self, stop: Iterable[str] = ()) -> list[str]:
        """The text up to the first stop, cut as a tokenizer might: a CJK character, or four others."""
        text = self.text
        for end in stop:
            text = text.partition(end)[0]
        return _TOKEN.findall(text) * self.repeat


def read_script(text: str | bytes) -> Script:
    """A script from JSON; empty means the default. Raises msgspec.ValidationError."""
    return msgspec.json.decode(text or b"{}", type=Script)
