"""Processor time and cores of other processes."""

import os
import subprocess
import sys

from bench.processor import cpu_seconds, family, pin, split_cores

BUSY = "import time\nwhile time.process_time() < 0.3: pass\nprint(flush=True)\ninput()"


def test_the_time_of_another_process_is_read_while_it_runs() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        used = cpu_seconds([process.pid])
        process.communicate(b"\n")

    assert 0.3 <= used < 1.0


def test_a_child_is_kept_on_its_parents_core() -> None:
    cores = split_cores().server
    with subprocess.Popen(["sh", "-c", "sleep 30 & read line; kill $!"], stdin=-1) as process:
        while len(family([process.pid])) < 2:
            pass
        pin(process.pid, cores)
        kept = [os.sched_getaffinity(pid) for pid in family([process.pid])]
        process.communicate(b"\n")

    assert kept == [set(cores), set(cores)]
