"""The scripted model server over its HTTP door: what it says next, and what it has done."""

from typing import Any

import httpx


class ModelControl:
    """Controls the model server whose OpenAI-style address is `base_url`."""

    def __init__(self, base_url: str) -> None:
        self._root = base_url.removesuffix("/v1")

    def says(self, **script: Any) -> None:
        """From now on every answer follows this script (fields of `ai.backends.script.Script`)."""
        httpx.post(f"{self._root}/script", json=script, timeout=10).raise_for_status()

    def stats(self) -> dict[str, int]:
        """How many answers were started, finished, aborted, and are running now."""
        found: dict[str, int] = httpx.get(f"{self._root}/stats", timeout=10).json()
        return found
