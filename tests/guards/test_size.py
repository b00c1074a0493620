"""Modules and functions stay small enough to be read in one go."""

import ast

import pytest

from tests.guards.sources import APPS, name_of, python_files, script_files, tree_of

MODULE_LINES = 250
FUNCTION_LINES = 30
LONG_MODULES: dict[str, str] = {}  # path: why it may be longer


@pytest.mark.parametrize(
    "path", [*python_files(*APPS, "tests", "bench"), *script_files()], ids=name_of
)
def test_a_module_is_short_or_named_as_an_exception(path) -> None:  # type: ignore[no-untyped-def]
    lines = len(path.read_text().splitlines())
    assert (lines > MODULE_LINES) == (name_of(path) in LONG_MODULES), f"{lines} lines"


def test_every_function_fits_on_a_screen() -> None:
    too_long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files(*APPS)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= FUNCTION_LINES
    ]
    assert too_long == []


def test_every_module_says_what_it_owns() -> None:
    silent = [
        name_of(path)
        for path in python_files(*APPS, "tests", "bench")
        if path.read_text().strip() and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []
