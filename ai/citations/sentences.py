"""Where a sentence of an answer ends, told from its text and from what comes next."""

import re

_LAST_END = re.compile(r"[。！？!?\n]|[.](?=\s)")
_OVER = re.compile(r"[。！？!?；;.][”’」』）)\"'*_]*$")
_FULL_STOP = re.compile(r"[.][”’)\"'*_]*$")
_LIST_MARK = re.compile(r"^\s*(?:[-*+•>]|\d{1,2}[.)、])\s+")
_NO_PROSE = re.compile(r"^\s*(?:#{1,6}\s|\|)")  # a heading, a row of a table
LONGEST = 500  # characters; a model that ends none is not to have ever more read again at each word
CLOSERS = "”’」』）)\"'*_。！？!?."


class Sentence:
    """A sentence as it grows. `is_cited`: a number stands behind it already; `announced` are those
    that stand before it.
    """

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.announced: tuple[int, ...] = ()
        self.is_cited = False

    @classmethod
    def going_on(cls, written: str) -> "Sentence":
        """The last sentence of a text that goes on; one that is over has had its number."""
        *_, tail = _LAST_END.split(written)
        return cls(tail)

    @property
    def words(self) -> str:
        """What it says, without the mark of a list; nothing of a heading and of a table's row."""
        return "" if _NO_PROSE.match(self.text) else _LIST_MARK.sub("", self.text).strip()

    @property
    def asks(self) -> bool:
        """Whether it is a question, which needs no support."""
        return self.words.endswith(("?", "？"))

    @property
    def ends_in_a_name(self) -> bool:
        """Whether it ends in a word of a program: `items`, before `[1]`."""
        return bool(re.search(r"[A-Za-z_)\]]$", self.text))

    def add(self, text: str) -> None:
        """More of it."""
        self.text += text

    @property
    def is_over(self) -> bool:
        """Whether it may end here."""
        return bool(_OVER.search(self.text))

    def is_empty_before(self, blank: str) -> bool:
        """Whether nothing of it stands before this blank space, but for the mark of a list."""
        return not _LIST_MARK.sub("", self.text + blank).strip()

    def is_over_before(self, coming: str) -> bool:
        """Whether it ends before this text. A full stop ends it only before a blank: 3.5 is a number."""
        if len(self.text) >= LONGEST:
            return True
        if not _OVER.search(self.text) or coming[0] in CLOSERS:
            return False
        return coming[0].isspace() or not _FULL_STOP.search(self.text)
