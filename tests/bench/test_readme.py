"""The table in the README is the one of the results."""

from pathlib import Path

from bench.readme import BEGIN, END, refresh
from bench.report import Figure, Result, save


def test_a_result_replaces_the_row_of_an_earlier_one(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{BEGIN}old\n{END}after\n")
    for value in (1.0, 2.0):
        save(Result(name="B0", figures=[Figure(measure="CPU", value=value)]), tmp_path)
        refresh(["B0", "B99"], readme, tmp_path)

    text = readme.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "| B0 | CPU" in text
    assert "2 ×" in text
    assert "1 ×" not in text
    assert "old" not in text
