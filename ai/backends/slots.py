"""Ties conversations to slots of a server's prompt cache. Knows only what this process started."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

ANY_SLOT = -1  # the server chooses


class SlotBook:
    """Gives each conversation the same slot each time, unless it is busy and another is free."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy: Counter[int] = Counter()

    @contextmanager
    def slot_for(self, conversation: str, *, slots: int) -> Iterator[int]:
        """A slot of `slots`, held while the context is open."""
        with self._lock:
            slot = self._choose(conversation, slots)
            self._busy[slot] += 1
        try:
            yield slot
        finally:
            with self._lock:
                self._busy[slot] -= 1

    def _choose(self, conversation: str, slots: int) -> int:
        if slots <= 0:
            return ANY_SLOT
        home = home_slot(conversation, slots=slots)
        order = [home, *(slot for slot in range(slots) if slot != home)]
        return next((slot for slot in order if not self._busy[slot]), ANY_SLOT)


def home_slot(conversation: str, *, slots: int) -> int:
    """The slot a conversation returns to, the same in every process."""
    digest = hashlib.blake2b(conversation.encode(), digest_size=8).digest()
    return int.from_bytes(digest) % slots
