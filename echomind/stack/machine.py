"""Which machine this is: a built server and a measured speed hold only for the same processor."""

import hashlib
import os
from pathlib import Path


def usable_cpus() -> int:
    """CPUs this process may run on, which in a container is fewer than the machine has."""
    return len(os.sched_getaffinity(0))


def fingerprint() -> str:
    """Twelve hexadecimal digits of the processor's name, instruction sets and usable CPUs."""
    described = [
        line
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith(("model name", "flags", "CPU part", "Features"))
    ]
    text = "\n".join([*sorted(set(described)), str(usable_cpus())])
    return hashlib.sha256(text.encode()).hexdigest()[:12]
