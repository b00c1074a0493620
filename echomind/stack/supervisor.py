"""Keeps the parts running: starts them in order, starts the fallen again, stops all in reverse."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from echomind.stack.errors import StackError
from echomind.stack.leftovers import note_children
from echomind.stack.log_files import cut_long_logs, last_line
from echomind.stack.service import Service

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK_S = 0.25
LOG_CHECK_S = 10.0
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
CALM_AFTER_S = 60.0  # a part that lived this long starts again with the first pause


@dataclass(slots=True)
class Watched:
    """A part, when it was last launched, and how long to wait should it fall again."""

    service: Service
    launched_at: float
    pause_s: float = FIRST_PAUSE_S
    due_at: float | None = None


class Supervisor:
    """The parts of one site. Whoever makes it calls `stop_all` at the end, however it went."""

    def __init__(self, run: Path, log: Path, tell: Callable[[str], None]) -> None:
        self._run, self._log, self._tell = run, log, tell
        self._watched: list[Watched] = []
        self._logs_checked_at = 0.0

    def stop_all(self) -> None:
        """Stop every part, the last started first. Takes seconds; signals change nothing in it."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for watched in reversed(self._watched):
            watched.service.stop()
        note_children(self._run, ())

    def launch(self, service: Service) -> None:
        """Start a part without waiting for it, and watch it from now on."""
        self._watched.append(Watched(service, time.monotonic()))
        service.launch()
        self._note()

    def start(self, service: Service) -> None:
        """Start a part and wait until it works. Raises StackError when it does not."""
        self.launch(service)
        service.wait_until_ready()
        self._note()

    def forget(self, service: Service) -> None:
        """Stop a part and watch it no more."""
        service.stop()
        self._watched = [watched for watched in self._watched if watched.service is not service]
        self._note()

    def watch(self) -> None:
        """Start fallen parts again until a signal interrupts us."""
        while True:
            try:
                self.look_once()
            except (OSError, StackError) as failure:  # as on a full disk: what runs must go on
                self._tell(f"Cannot look after the parts: {failure}")
                time.sleep(LONGEST_PAUSE_S)
            time.sleep(TICK_S)

    def look_once(self) -> None:
        """One round: note the fallen, launch those whose pause is over, cut long logs."""
        for watched in self._watched:
            self._look_after(watched)
        self._cut_logs()

    def _look_after(self, watched: Watched) -> None:
        now = time.monotonic()
        if watched.service.is_running:
            return
        if watched.due_at is None:
            if now - watched.launched_at > CALM_AFTER_S:
                watched.pause_s = FIRST_PAUSE_S
            watched.due_at = now + watched.pause_s
            self._tell_fallen(watched)
        elif now >= watched.due_at:
            watched.due_at, watched.launched_at = None, now
            watched.pause_s = min(watched.pause_s * 2, LONGEST_PAUSE_S)
            watched.service.launch()
            self._note()

    def _tell_fallen(self, watched: Watched) -> None:
        service = watched.service
        status = service.child.exit_status if service.child else None
        log = service.program().log
        self._tell(
            f"{service.name} ended (status {status}); it starts again in {watched.pause_s:g} s."
            f" Its last line: {last_line(log)} (log: {log})"
        )

    def _note(self) -> None:
        note_children(self._run, [watched.service for watched in self._watched])

    def _cut_logs(self) -> None:
        if time.monotonic() - self._logs_checked_at > LOG_CHECK_S:
            self._logs_checked_at = time.monotonic()
            cut_long_logs(self._log)
