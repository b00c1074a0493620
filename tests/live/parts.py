"""The processes of a site, run as the stack runs them; a test may kill, halt and restart each."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

import httpx

from echomind.stack.child import Program
from echomind.stack.ports import LOOPBACK, free_port
from echomind.stack.service import Service
from echomind.stack.web import WebServer, listen
from echomind.stack.workers import Beat, ImagesWorker, Worker

REPLIES_AT_ONCE = 2


class SitePart(Service):
    """A Python process of the site, with its settings in `environment`."""

    ready_within_s = 60.0

    def __init__(self, name: str, folder: Path, environment: Mapping[str, str]) -> None:
        super().__init__()
        self.name = name
        self.log = folder / f"{name}.log"
        self.environment = environment
        self._log_start = 0

    def launch(self) -> None:
        self._log_start = self.log.stat().st_size if self.log.exists() else 0
        super().launch()

    async def come_back(self) -> None:
        """Start again after a kill. The launch itself happens in this thread: the kernel ends a
        child when the thread that made it ends.
        """
        self.launch()
        while not await asyncio.to_thread(self.is_ready):
            assert self.is_running, self.log_text()[-2000:]
            await asyncio.sleep(0.05)

    def log_text(self) -> str:
        """What the process has logged since its last start."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def hang(self) -> None:
        """Stop the process in its tracks, as a machine that swaps does."""
        self._signal_all(signal.SIGSTOP)

    def go_on(self) -> None:
        """End a hang."""
        self._signal_all(signal.SIGCONT)

    def _signal_all(self, number: signal.Signals) -> None:
        assert self.child, f"{self.name} is not started"
        os.killpg(self.child.pid, number)


class WebProcess(SitePart):
    """One of the site's web processes, on a port of its own so that a test knows where it is."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.port = free_port()
        super().__init__(f"web-{self.port}", folder, environment)
        self.address = f"http://{LOOPBACK}:{self.port}"
        self._listening = socket.socket()

    def launch(self) -> None:
        with listen(LOOPBACK, self.port) as self._listening:  # a dead process refuses connections
            super().launch()

    def program(self) -> Program:
        return WebServer(0, self._listening, self.environment, self.log).program()

    def is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.address}/healthz", timeout=5).is_success
        except httpx.TransportError:
            return False


class WorkerProcess(SitePart):
    """The Celery worker that writes replies and does the upkeep."""

    def program(self) -> Program:
        return Worker(self.environment, self.log, REPLIES_AT_ONCE).program()

    def is_ready(self) -> bool:
        return " ready." in self.log_text()


class ImagesProcess(SitePart):
    """The Celery worker that draws pictures. Only sites of tests that look at pictures have one."""

    def program(self) -> Program:
        return ImagesWorker(self.environment, self.log).program()

    def is_ready(self) -> bool:
        return " ready." in self.log_text()


class BeatProcess(SitePart):
    """Celery beat, which sets off the upkeep."""

    def program(self) -> Program:
        schedule = self.log.with_name("beat-schedule")
        return Beat(self.environment, self.log, schedule).program()

    def is_ready(self) -> bool:
        return "Starting" in self.log_text()
