"""How often one user may do something in a minute.

Each web process counts by itself: it costs no round trip, and it holds while Redis is away.
"""

import math
from collections import Counter
from collections.abc import Callable
from threading import Lock
from time import monotonic

from echomind.common.errors import EchoMindError

WINDOW_S = 60


class MinuteRate:
    """Counts in windows that are the same for everybody; with one, its counts are forgotten."""

    def __init__(self, most: Callable[[], int], refusal: type[EchoMindError]) -> None:
        """At most `most()` times; what is more raises a `refusal` that says when to come again."""
        self._most, self._refusal = most, refusal
        self._lock = Lock()
        self._window = 0.0
        self._counts: Counter[int] = Counter()

    def count(self, user_id: int) -> None:
        """Count one time. Raises the refusal, whose data says when to try again."""
        window, passed = divmod(monotonic(), WINDOW_S)
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[user_id] += 1
            too_many = self._counts[user_id] > self._most()
        if too_many:
            raise self._refusal(retry_after_s=math.ceil(WINDOW_S - passed))
