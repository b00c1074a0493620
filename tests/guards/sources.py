"""The project's own source files, parsed once."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("echomind", "chat", "ai", "rag", "imaging", "accounts")


def python_files(*folders: str) -> list[Path]:
    """Every Python file of these top-level folders except migrations."""
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def script_files() -> list[Path]:
    """Every JavaScript file of ours, without what was vendored or bundled."""
    return sorted((ROOT / "static" / "js").rglob("*.js"))


def name_of(path: Path) -> str:
    """A file's path inside the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """A Python file's syntax tree."""
    return ast.parse(path.read_text(), name_of(path))


def strings_in(path: Path) -> Iterator[tuple[int, str]]:
    """Line and value of every string literal of a Python file."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def calls_in(path: Path) -> Iterator[tuple[int, str]]:
    """Line and last name of every call of a Python file: `a.b.send()` is `send`."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield node.lineno, name
