"""Every benchmark runs to its end with tiny numbers, through real servers, and loses nothing."""

import os
import subprocess
import sys

import pytest

CHOSEN_HERE = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "VAR"}


def run_bench(*names: str) -> str:
    """The table of `python -m bench --smoke NAMES`, which starts stores of its own."""
    environment = {name: text for name, text in os.environ.items() if name not in CHOSEN_HERE}
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--smoke", *names],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert "zero:" not in run.stdout, run.stdout
    assert run.stdout.count("\n") > len(names), run.stderr
    return run.stdout


@pytest.mark.timeout(240)
def test_every_benchmark_tells_its_figures() -> None:
    names = ("B1", "B2", "B3", "B8", "B9", "B10")

    told = run_bench(*names)

    assert all(f"| {name} " in told for name in names)


@pytest.mark.model
@pytest.mark.timeout(240)
def test_the_benchmarks_with_a_real_model_tell_their_figures() -> None:
    names = ("B3-real", "B12")

    told = run_bench(*names)

    assert all(f"| {name} " in told for name in names)
