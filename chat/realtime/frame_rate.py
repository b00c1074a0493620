"""How many frames a tab may send: a token bucket."""

import time

from django.conf import settings


class FrameRate:
    """Allows `SOCKET_FRAMES_PER_S` on average and four seconds' worth at once."""

    __slots__ = ("_at", "_left")

    def __init__(self) -> None:
        self._left = 4.0 * settings.SOCKET_FRAMES_PER_S
        self._at = time.monotonic()

    def allows_one(self) -> bool:
        """Count one frame; False when there were too many."""
        now = time.monotonic()
        rate = settings.SOCKET_FRAMES_PER_S
        self._left = min(4.0 * rate, self._left + (now - self._at) * rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
