"""How fast this machine writes with a model: measured once, kept in the cache by machine."""

import json
import os
import time
import urllib.request
from pathlib import Path
from typing import Any

import psutil

from echomind.stack.llm_server import LlmServer
from echomind.stack.machine import fingerprint
from echomind.stack.secrets import write_private

TOKENS = 32
PROMPT = "Once upon a time there was a"
LEAST_SHARE = 0.1  # with less of the processors left to us, the figure would be noise


def known_speed(cache: Path, key: str) -> float | None:
    """Tokens per second measured before on this machine, or None."""
    return _read(cache).get(fingerprint(), {}).get(key)


def remember_speed(cache: Path, key: str, tokens_per_second: float) -> None:
    """Write a measurement down for this machine."""
    speeds = _read(cache)
    speeds.setdefault(fingerprint(), {})[key] = round(tokens_per_second, 1)
    write_private(_file(cache), json.dumps(speeds, indent=1))


def measure_speed(server: LlmServer) -> float:
    """Tokens per second a ready server would write on an otherwise idle machine.

    What is measured now is divided by the share of the processors that other programs left, but
    is never taken for more than the processor time of its own that it cost allows.
    """
    _write(server, TOKENS // 4)  # the first request also warms its memory up
    before, started = _processor_seconds(server), time.monotonic()
    _write(server, TOKENS)
    seconds = time.monotonic() - started
    own, others, all_of_them = (
        now - then for now, then in zip(_processor_seconds(server), before, strict=True)
    )
    share_left = max(1 - others / all_of_them, LEAST_SHARE)
    return min(TOKENS / seconds / share_left, TOKENS * server.settings.threads / own)


def _processor_seconds(server: LlmServer) -> tuple[float, float, float]:
    """Seconds of all processors so far: used by the server, used by others, and there at all."""
    times = psutil.cpu_times()
    there = sum(times) - getattr(times, "guest", 0) - getattr(times, "guest_nice", 0)
    process = psutil.Process(server.child.pid if server.child else os.getpid()).cpu_times()
    own = process.user + process.system
    idle = times.idle + getattr(times, "iowait", 0)
    return own, there - idle - own, there


def _write(server: LlmServer, tokens: int) -> None:
    body: dict[str, Any] = {"prompt": PROMPT, "n_predict": tokens, "ignore_eos": True, "seed": 1}
    request = urllib.request.Request(  # noqa: S310  (our own loopback address)
        server.url.removesuffix("/v1") + "/completion",
        json.dumps(body).encode(),
        {"Authorization": f"Bearer {server.api_key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310
        answer.read()


def _read(cache: Path) -> dict[str, dict[str, float]]:
    file = _file(cache)
    return json.loads(file.read_text()) if file.exists() else {}


def _file(cache: Path) -> Path:
    return cache / "speeds.json"
