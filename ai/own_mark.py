"""Drops a sender's mark that a model puts before its answer, because all messages it read had one."""

from collections.abc import Iterable

from ai.prompts.marks import clean_name, mark_forms


class OwnMarkFilter:
    """Holds back the beginning of one answer until it is no mark, or a whole one, which it drops.

    Only names of this conversation count: `[1, 2]` and `[a link](…)` are text. `Mei:` may well be
    how the assistant turns to Mei; before a colon its own name alone is a mark.
    """

    def __init__(self, own: str, others: Iterable[str] = ()) -> None:
        self._marks = {mark for name in (own, *others) for mark in mark_forms(name)}
        self._marks |= {f"{clean_name(own)}{colon}" for colon in ":："}
        self._held: str | None = ""  # None once the beginning is over

    def feed(self, piece: str) -> str:
        """What is certainly part of the answer; may be empty."""
        if self._held is None:
            return piece
        self._held += piece
        begun = self._held.strip()
        if any(mark.startswith(begun) for mark in self._marks):
            return ""
        said, self._held = self._without_mark(self._held), None
        return said

    def flush(self) -> str:
        """What was held back, at the end of the answer."""
        said, self._held = self._held or "", None
        return said

    def _without_mark(self, text: str) -> str:
        begun = text.lstrip()
        mark = next((mark for mark in self._marks if begun.startswith(mark)), None)
        return begun.removeprefix(mark).lstrip() if mark else text
