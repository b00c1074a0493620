"""One child process: its own session and log, and a signal from the kernel if its parent dies."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]  # where `python -m` finds our packages
PR_SET_PDEATHSIG = 1  # linux/prctl.h
_libc = ctypes.CDLL(None)


@dataclass(frozen=True, slots=True)
class Program:
    """What to run. `environment` is added to ours; `death_signal` is what a dead parent sends.

    `niceness` is added to ours: a busy model must not keep the web server waiting.
    """

    argv: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    grace_s: float = 10.0
    niceness: int = 0
    pass_fds: tuple[int, ...] = ()


class Child:
    """A running program. Make it in the main thread: the kernel watches the thread that forked."""

    def __init__(self, program: Program) -> None:
        self.program = program
        program.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with program.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  (argument lists of our own)
                program.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, **program.environment},
                pass_fds=program.pass_fds,
                cwd=ROOT,
                start_new_session=True,
                preexec_fn=_settle(program, os.getpid()),
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_status(self) -> int | None:
        """None while it runs; negative for the signal that ended it."""
        return self._process.poll()

    def wait(self) -> int:
        """Block until it ends; returns its exit status."""
        return self._process.wait()

    def stop(self) -> None:
        """Ask it to end, and kill it when it has not within its grace."""
        self._signal(self.program.stop_signal)
        try:
            self._process.wait(self.program.grace_s)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it and whatever it started, now."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self.exit_status is not None:
            return
        if number is signal.SIGKILL:
            os.killpg(self.pid, number)
        else:
            self._process.send_signal(number)


def run_to_end(program: Program) -> int:
    """Run a program that ends by itself; returns its exit status. It dies if we are interrupted."""
    child = Child(program)
    try:
        return child.wait()
    finally:
        child.kill()


def _settle(program: Program, parent: int) -> Callable[[], None]:
    """What the child does between fork and exec."""

    def settle() -> None:
        os.nice(program.niceness)
        _libc.prctl(PR_SET_PDEATHSIG, int(program.death_signal))
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return settle
