"""What people corrected since it was said, once more behind the question.

A small model believes what it read last: while the outdated words are among the turns, the memory at the
prompt's beginning does not outweigh them. Behind the question, what a server knows of it stays known.
"""

from ai.prompts.marks import plain
from ai.types import ReplyRequest
from echomind.common.text import one_line

MOST = 3  # the newest
# Nobody's words can begin so: names have no angle brackets, and lines like it are quoted.
_MARKS = {"zh-hant": "[<更正>]", "en": "[<corrected>]", "ja": "[<訂正>]", "ko": "[<정정>]"}
DEFAULT_LANGUAGE = "en"


def corrections(request: ReplyRequest) -> str:
    """A line for each fact of a person's that no longer says what its message does."""
    said = {turn.message: one_line(turn.text) for turn in request.turns}
    mark = _MARKS.get(request.language, _MARKS[DEFAULT_LANGUAGE])
    lines = [
        f"{mark} {one_line(plain(fact.text))}"
        for fact in request.recall.facts
        if fact.by and fact.message in said and fact.text not in said[fact.message]
    ]
    return "\n".join(lines[-MOST:])
