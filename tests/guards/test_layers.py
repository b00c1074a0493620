"""Imports point down, and heavy or foreign libraries stay behind their one door."""

import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.guards.sources import APPS, ROOT, calls_in, name_of, python_files

DOORS = {"api", "types", "errors"}
NAMED_BY_DJANGO = {"apps", "management", "migrations", "templatetags", "urls"}
HEAVY = ("torch", "transformers", "onnxruntime", "xllamacpp", "pypdf", "playwright")


def test_the_contracts_of_import_linter_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("app", APPS[1:])
def test_nothing_of_an_app_but_its_door_may_be_entered_by_another(app: str) -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    protected = {
        name
        for contract in contracts["contracts"]
        for name in contract.get("protected_modules", ())
    }
    modules = {module.name for module in pkgutil.iter_modules([str(ROOT / app)])}
    assert {f"{app}.{name}" for name in modules - DOORS - NAMED_BY_DJANGO} <= protected


def test_a_web_process_starts_without_the_heavy_libraries() -> None:
    code = f"import sys, echomind.asgi; print([name for name in {HEAVY!r} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.strip() == "[]", run.stderr


def test_only_the_publisher_speaks_to_a_group() -> None:
    speakers = {
        name_of(path)
        for path in python_files(*APPS)
        for _, called in calls_in(path)
        if called in ("group_send", "layer_bytes")
    }
    assert speakers <= {"chat/realtime/publish.py", "chat/realtime/reply_stream.py"}
