"""`manage.py up` in a process of its own, on a folder and a port of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
REPLACEABLE = {"DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE"}


class WholeSite:
    """One site, with the embedded Postgres and Valkey and somebody else's model server."""

    def __init__(self, var: Path, port: int, model_url: str) -> None:
        self.var, self.port = var, port
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in REPLACEABLE},
            "VAR": str(var),
            "PORT": str(port),
            "LLM_BASE_URL": model_url,
            "WEB_PROCESSES": "2",
        }
        self.log = var.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def begin(self, **variables: str) -> subprocess.Popen[bytes]:
        """Run `up` without waiting; what it says goes to `log`."""
        self.log.write_text("")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "up"],
                env={**self.environment, **variables},
                stderr=log,
            )
        return self.process

    def start(self) -> None:
        """Run `up` until it says that it is ready."""
        process = self.begin()
        deadline = time.monotonic() + 90
        while "Ctrl+C" not in self.said():
            assert process.poll() is None, self.said()
            assert time.monotonic() < deadline, self.said()
            time.sleep(0.05)

    def refusal(self, **variables: str) -> str:
        """What `up` says when it cannot start; it must end by itself, and fail."""
        process = self.begin(**variables)
        assert process.wait(60) == 1, self.said()
        return self.said()

    def said(self) -> str:
        return self.log.read_text()

    def children(self) -> dict[str, int]:
        """Process numbers of the parts, by name."""
        noted = json.loads((self.var / "run" / "children.json").read_text())
        return {entry["name"]: entry["pid"] for entry in noted}

    def is_healthy(self) -> bool:
        try:
            return httpx.get(f"http://localhost:{self.port}/healthz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal; returns the exit status."""
        assert self.process
        self.process.send_signal(number)  # nothing happens when it has ended
        return self.process.wait(60)
