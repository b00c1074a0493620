"""Benchmarks run to their end with tiny numbers, through real servers, and lose nothing.

Three of them stand for all, for their time; `make check` runs every one this way.
"""

import os
import subprocess
import sys

CHOSEN_HERE = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "VAR"}
NAMES = ("B2", "B8", "B10")


def test_benchmarks_tell_their_figures() -> None:
    environment = {name: text for name, text in os.environ.items() if name not in CHOSEN_HERE}
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--smoke", *NAMES],  # starts stores of its own
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert "zero:" not in run.stdout, run.stdout
    assert all(f"| {name} " in run.stdout for name in NAMES), run.stderr
