"""Ends an answer where it goes on as somebody else: an assistant never speaks for others."""

from collections.abc import Iterable

from ai.prompts.marks import mark_forms


class OtherVoices:
    """Lets an answer through up to a line that begins with the mark of somebody else.

    Servers are told to stop there (`voices_of_others`), but take few names and one kind of bracket.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._marks = {mark for name in names for mark in mark_forms(name)}
        self._held = ""  # a line end, and what may become a mark behind it
        self._is_over = False

    def feed(self, piece: str) -> str:
        """What certainly belongs to the answer; nothing any more once somebody else speaks."""
        if self._is_over:
            return ""
        said, end, line = (self._held + piece).partition("\n")
        self._held = ""
        while end:
            begun = line.lstrip(" \t")
            if any(begun.startswith(mark) for mark in self._marks):
                self._is_over = True
                return said
            if any(mark.startswith(begun) for mark in self._marks):
                self._held = end + line
                return said
            said += end
            more, end, line = line.partition("\n")
            said += more
        return said

    def flush(self) -> str:
        """What was held back, at the end of the answer."""
        said, self._held = self._held, ""
        return said
