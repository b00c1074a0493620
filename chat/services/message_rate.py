"""How many messages a user may send in a minute.

Each web process counts what it takes itself: a send costs no round trip by it, and it holds while Redis
is away.
"""

import math
from collections import Counter
from threading import Lock
from time import monotonic

from django.conf import settings

from chat.errors import TooManyMessagesError

WINDOW_S = 60


class MessageRate:
    """Counts in windows that are the same for everybody; with one, its counts are forgotten."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._window = 0.0
        self._sent: Counter[int] = Counter()

    def count(self, user_id: int) -> None:
        """Count one message. Raises TooManyMessagesError, whose data says when to try again."""
        window, passed = divmod(monotonic(), WINDOW_S)
        with self._lock:
            if window != self._window:
                self._window = window
                self._sent.clear()
            self._sent[user_id] += 1
            too_many = self._sent[user_id] > settings.MESSAGES_PER_MINUTE
        if too_many:
            raise TooManyMessagesError(retry_after_s=math.ceil(WINDOW_S - passed))


message_rate = MessageRate()
