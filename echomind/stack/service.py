"""What the parts have in common: launch, wait until ready, stop, kill, restart on the same port."""

import time
from abc import ABC, abstractmethod

from echomind.stack.child import Child, Program
from echomind.stack.errors import StackError
from echomind.stack.log_files import last_line

POLL_S = 0.05
RELAUNCH_PAUSE_S = 0.3


class Service(ABC):
    """A part that is one child process. Subclasses say what to run and how readiness shows."""

    name: str
    ready_within_s = 30.0
    launches = 1  # how often a start may try again when the process ends at once

    def __init__(self) -> None:
        self.child: Child | None = None

    @abstractmethod
    def program(self) -> Program:
        """What to run, with the paths and ports of this instance."""

    @abstractmethod
    def is_ready(self) -> bool:
        """Whether the part does its work now. Returns within seconds."""

    @property
    def is_running(self) -> bool:
        return self.child is not None and self.child.exit_status is None

    def launch(self) -> None:
        """Start the process without waiting for it."""
        self.child = Child(self.program())

    def wait_until_ready(self) -> None:
        """Block until the part works. Raises StackError, with nothing left running, if not."""
        deadline = time.monotonic() + self.ready_within_s
        launches_left = self.launches - 1
        while not (self.is_running and self.is_ready()):
            if time.monotonic() > deadline:
                self.kill()
                raise StackError(
                    f"{self.name} was not ready after {self.ready_within_s:.0f} s.{self._log_end()}"
                )
            if self.is_running:
                time.sleep(POLL_S)
                continue
            if launches_left == 0:
                raise StackError(f"{self.name} ended while it started.{self._log_end()}")
            launches_left -= 1
            time.sleep(RELAUNCH_PAUSE_S)
            self.launch()

    def stop(self) -> None:
        """End the process the clean way; a part that is not running is left alone."""
        if self.child is not None:
            self.child.stop()

    def kill(self) -> None:
        """End the process as a crash would."""
        if self.child is not None:
            self.child.kill()

    def _log_end(self) -> str:
        log = self.program().log
        return f" Its last line: {last_line(log)} (log: {log})"
