"""Progress of a download: one line rewritten on a terminal, a line every few seconds in a log."""

import time
from typing import TextIO

MIB = 1024 * 1024


class Progress:
    """Writes how much of `total` bytes is there, and how long it took."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream, self._total = stream, total
        self._pause_s = 0.2 if stream.isatty() else 5.0
        self._started = time.monotonic()
        self._shown_at = -self._pause_s

    def note(self, sentence: str) -> None:
        """A line that stays."""
        self._end_line()
        self._stream.write(sentence + "\n")
        self._stream.flush()

    def advance(self, done: int) -> None:
        """`done` bytes of the file are there now."""
        now = time.monotonic()
        if now - self._shown_at < self._pause_s and done < self._total:
            return
        self._shown_at = now
        line = (
            f"  {done / MIB:,.0f} of {self._total / MIB:,.0f} MiB"
            f" ({done / self._total:.0%}), {now - self._started:.0f} s"
        )
        self._stream.write(f"\r{line}" if self._stream.isatty() else f"{line}\n")
        self._stream.flush()

    def _end_line(self) -> None:
        if self._stream.isatty() and self._shown_at > 0:
            self._stream.write("\n")
