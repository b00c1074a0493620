"""Chooses how far back a prompt reaches, so that its beginning stays as it was for many turns.

A server keeps the prompt it read. Dropping the oldest turn each time would make it read the rest
anew each time; so a full window is cut to half, and then grows again. The cuts are found by
playing the conversation from its first turn, hence they are the same in every process and for
every later turn, and nothing has to be stored.
"""

from collections.abc import Sequence

KEPT_SHARE = 0.5


def window_start(sizes: Sequence[int], *, budget: int) -> int:
    """The index of the first turn to show, for turns of these sizes in tokens, oldest first.

    The shown turns never exceed `budget`, if no single one exceeds half of it.
    """
    start = total = 0
    for index, size in enumerate(sizes):
        total += size
        if total <= budget:
            continue
        while start < index and total > budget * KEPT_SHARE:
            total -= sizes[start]
            start += 1
    return start
