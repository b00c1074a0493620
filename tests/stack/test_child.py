"""A child process ends when it should, also when its parent is killed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from echomind.stack.child import Child, Program, run_to_end

PARENT = """
import signal, sys, time
from pathlib import Path
from echomind.stack.child import Child, Program
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
child = Child(Program(argv=sleep, log=Path(sys.argv[1])))
print(child.pid, flush=True)
time.sleep(600)
"""
DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("deaf", flush=True)
time.sleep(600)
"""


def test_a_child_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", PARENT, str(tmp_path / "child.log")]
    parent = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    child = psutil.Process(int(parent.stdout.readline()))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    psutil.wait_procs([child], timeout=5)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_child_that_ignores_the_stop_is_killed_after_its_grace(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    child = Child(Program(argv=[sys.executable, "-c", DEAF], log=log, grace_s=0.3))
    while "deaf" not in log.read_text():
        time.sleep(0.01)
    child.stop()
    assert child.exit_status == -signal.SIGKILL


def test_a_stop_takes_no_longer_than_the_child_needs(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "import time; time.sleep(600)"]
    child = Child(Program(argv=argv, log=tmp_path / "child.log", grace_s=60))
    child.stop()
    assert child.exit_status == -signal.SIGTERM


def test_a_restarted_child_appends_to_its_log(tmp_path: Path) -> None:
    program = Program(argv=[sys.executable, "-c", "print('here')"], log=tmp_path / "child.log")
    assert (run_to_end(program), run_to_end(program)) == (0, 0)
    assert program.log.read_text() == "here\nhere\n"


def test_a_child_sees_its_own_variables_beside_ours(tmp_path: Path) -> None:
    code = "import os; print(os.environ['PATH'] != '', os.environ['OWN'])"
    argv = [sys.executable, "-c", code]
    run_to_end(Program(argv=argv, log=tmp_path / "child.log", environment={"OWN": "value"}))
    assert (tmp_path / "child.log").read_text() == "True value\n"
