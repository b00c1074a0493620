"""What is said of a figure."""

import json
from pathlib import Path

import msgspec

from bench.report import Figure, Result, save, table


def figure(**fields: float) -> Figure:
    return msgspec.structs.replace(Figure(measure="CPU", value=1.4, at_most=1.5), **fields)


def test_a_goal_is_met_or_missed() -> None:
    assert figure().verdict == "met"
    assert figure(value=1.6).verdict == "missed"


def test_a_figure_whose_control_is_off_says_nothing() -> None:
    assert figure(control=1.2).verdict.startswith("void")
    assert not Result(name="B0", figures=[figure(control=1.2)]).is_sound


def test_a_run_that_lost_something_counts_as_zero() -> None:
    lossy = Result(name="B0", figures=[figure()], faults=3)

    assert not lossy.is_sound
    assert "zero: 3 faults" in table([lossy])
    assert "met" not in table([lossy])


def test_a_result_can_be_read_back(tmp_path: Path) -> None:
    save(Result(name="B0", figures=[figure()], details={"sockets": 10}), tmp_path)

    kept = json.loads((tmp_path / "b0.json").read_text())

    assert kept["is_sound"]
    assert kept["figures"][0]["value"] == 1.4
    assert kept["details"] == {"sockets": 10}
