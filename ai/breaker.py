"""Remembers in each process which model servers keep failing, so that others are asked first."""

from collections import Counter
from threading import Lock
from time import monotonic

FAILURES_IN_A_ROW = 3
REST_S = 30.0


class Breaker:
    """After some failures in a row a server rests; then one caller tries it for all others."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._failures: Counter[str] = Counter()
        self._rests_until: dict[str, float] = {}

    def may_try(self, server: str) -> bool:
        """False while the server rests. The first to ask after its rest is told True, and tries."""
        with self._lock:
            if server not in self._rests_until:
                return True
            now = monotonic()
            if now < self._rests_until[server]:
                return False
            self._rests_until[server] = now + REST_S
            return True

    def is_resting(self, server: str) -> bool:
        """Whether it rests now. Who only wonders does not become the one that tries."""
        with self._lock:
            return monotonic() < self._rests_until.get(server, 0.0)

    def failed(self, server: str) -> None:
        """Count a failure that was the server's own."""
        with self._lock:
            self._failures[server] += 1
            if self._failures[server] >= FAILURES_IN_A_ROW:
                self._rests_until[server] = monotonic() + REST_S

    def answered(self, server: str) -> None:
        """The server works: forget what was counted."""
        with self._lock:
            self._failures.pop(server, None)
            self._rests_until.pop(server, None)


breaker = Breaker()
