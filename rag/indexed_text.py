"""What of a chunk its embedder and the keyword search read: its text, with what it stands below."""

from bisect import bisect_right

from rag.chunking import sections_of

LONGEST_CONTEXT = 160  # characters of title and headings: the words of the chunk must not drown


class Context:
    """The title and the headings that a document's chunks stand below."""

    def __init__(self, title: str, text: str) -> None:
        self._title = title
        self._sections = list(sections_of(text))
        self._starts = [section.start for section in self._sections]

    def indexed(self, start: int, text: str) -> str:
        """The text of the chunk that begins at `start`, below its title and headings."""
        section = self._sections[max(0, bisect_right(self._starts, start) - 1)]
        above = [name for name in (self._title, *section.headings) if name and name not in text]
        context = " · ".join(dict.fromkeys(above))[:LONGEST_CONTEXT]
        return f"{context}\n{text}" if context else text
