"""A model server's prompt cache, reduced to what can be counted: shared beginnings."""

from collections import deque
from collections.abc import Sequence
from os.path import commonprefix
from typing import Any

KEPT_PROMPTS = 8


class PromptCache:
    """Remembers the last prompts with their answers. One token is one character."""

    def __init__(self) -> None:
        self._read: deque[str] = deque(maxlen=KEPT_PROMPTS)

    def read(self, messages: Sequence[dict[str, Any]]) -> tuple[str, int]:
        """The whole prompt, and how many of its characters were read before."""
        prompt = "".join(f"<{m['role']}>{m['content']}" for m in messages) + "<assistant>"
        shared = (len(commonprefix([prompt, known])) for known in self._read)  # noqa: RUF071 (text)
        cached = max(shared, default=0)
        return prompt, min(cached, len(prompt) - 1)  # a server always reads the last token

    def keep(self, prompt: str, answer: str) -> None:
        """What the server now holds for a later prompt."""
        self._read.append(prompt + answer)
