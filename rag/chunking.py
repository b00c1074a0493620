"""Divides a text into chunks: by its headings first, then by blocks, lines and sentences.

Sizes are tokens of the embedder that will read the chunks. Offsets count code points.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from semantic_text_splitter import MarkdownSplitter

Count = Callable[[str], int]  # tokens of a text

_HEADING = re.compile(r"^(#{1,6}) +(.+)$")
_HEADINGS_ABOVE = re.compile(r"\s*(?:#{1,6} [^\n]*\n\s*)+")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
# A long line that goes on in the next one was wrapped by a machine: its end ends no sentence.
_WRAPPED = re.compile(r"(?<=[^\n]{30}[^\n.!?。！？…:：；;|])\n(?=[^\W\d_])")
STRETCH = 20_000  # code points
EVEN = 1.15  # how much larger than an even share a chunk may be, so that sentences stay whole


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, and the headings that it stands below, the highest first."""

    start: int
    end: int
    headings: tuple[str, ...] = ()


def spans_of(text: str, *, size: int, overlap: int, count: Count) -> Iterator[Span]:
    """Chunks of at most `size` tokens in order; neighbours of a section share up to `overlap`.

    A section begins a chunk of its own, so that none tells of two things.
    """
    for section in sections_of(text):
        for stretch in _stretches(text, section):
            yield from _divided(text, stretch, size, overlap, count)


def sections_of(text: str) -> Iterator[Span]:
    """The text from heading to heading. Headings without words below go with the next section."""
    path: list[tuple[int, str]] = []
    start, has_words = 0, False
    for place, heading, is_blank in _lines(text):
        if heading:
            if has_words:
                yield Span(start, place, tuple(name for _, name in path))
                start, has_words = place, False
            level = len(heading[1])
            kept = [(above, name) for above, name in path if above < level]
            path = [*kept, (level, _words_of(heading))]
        elif not is_blank:
            has_words = True
    yield Span(start, len(text), tuple(name for _, name in path))


def _words_of(heading: re.Match[str]) -> str:
    """Without the signs that may close it. By a pattern, a long run of blanks would take hours."""
    words = heading[2]
    return words.rstrip("#").rstrip(" ") or words[:1]


def _lines(text: str) -> Iterator[tuple[int, re.Match[str] | None, bool]]:
    """Where each line begins, the heading it is, and whether it is blank."""
    place, fence = 0, ""
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1] == fence:
            fence = ""
        yield place, None if fence else _HEADING.match(line.rstrip("\n")), not line.strip()
        place += len(line)


def _stretches(text: str, section: Span) -> Iterator[Span]:
    """A section in parts that are short enough to be counted at once, cut between blocks or lines."""
    start = section.start
    while section.end - start > STRETCH:
        borders = (
            text.rfind(sign, start + 1, start + STRETCH) for sign in ("\n\n", "\n", "。", " ")
        )
        end = next((border + 1 for border in borders if border > 0), start + STRETCH)
        yield Span(start, end, section.headings)
        start = end
    yield Span(start, section.end, section.headings)


def _divided(text: str, section: Span, size: int, overlap: int, count: Count) -> Iterator[Span]:
    words = text[section.start : section.end].rstrip()
    heading = _HEADINGS_ABOVE.match(words + "\n")
    body = min(heading.end(), len(words)) if heading else 0
    room = max(size // 2, size - count(words[:body]))
    parts = list(_parts(words[body:], room, overlap, count))
    if words.strip():  # the first chunk has the heading with it, or is nothing else
        first_end = parts[0][1] if parts else len(words) - body
        parts[:1] = [(len(words) - len(words.lstrip()) - body, first_end)]
    for start, end in parts:
        place = section.start + body
        yield Span(place + start, place + end, section.headings)


def _parts(words: str, size: int, overlap: int, count: Count) -> Iterator[tuple[int, int]]:
    """Start and end of parts of like size, without blank space around them."""
    whole = count(words)
    if whole == 0:
        return
    shares = math.ceil(whole / max(1, size - overlap)) if whole > size else 1
    even = min(size, math.ceil(whole / shares * EVEN) + overlap)
    splitter = MarkdownSplitter.from_callback(count, even, overlap=min(overlap, even - 1))
    for place, part in splitter.chunk_indices(_WRAPPED.sub(" ", words)):
        start = place + len(part) - len(part.lstrip())
        if part.strip():
            yield start, place + len(part.rstrip())
