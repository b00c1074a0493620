"""Keeps the table of bench/README.md equal to the results that were written."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from bench.report import RESULTS, Result, file_of, table

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table: written by a full run -->\n", "<!-- end of table -->\n"


def refresh(names: Iterable[str], readme: Path = README, folder: Path = RESULTS) -> None:
    """Put the newest result of each of these benchmarks into the table."""
    files = [file_of(name, folder) for name in names]
    results = [
        msgspec.json.decode(file.read_bytes(), type=Result) for file in files if file.exists()
    ]
    head, _, rest = readme.read_text().partition(BEGIN)
    _, _, tail = rest.partition(END)
    readme.write_text(f"{head}{BEGIN}{table(results)}\n{END}{tail}")
