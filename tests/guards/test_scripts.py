"""What the browser is given: no markup in scripts, no code in markup, no third party."""

import re

import pytest

from tests.guards.sources import ROOT, name_of, script_files

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MARKUP = re.compile(r"""["'`]\s*</?[a-zA-Z][^"'`]*>""")
UNSAFE_SINKS = re.compile(r"\.(outerHTML|insertAdjacentHTML)\b|document\.write|\beval\(")
HANDLER = re.compile(r"""\son[a-z]+\s*=\s*["']""", re.IGNORECASE)
STYLE = re.compile(r"""\sstyle\s*=\s*["']""", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)
BARE_SCRIPT = re.compile(r"<(script|style)(?![^>]*(?:\bsrc=|nonce=|application/json))[^>]*>")


@pytest.mark.parametrize("path", script_files(), ids=name_of)
def test_a_script_holds_no_markup(path) -> None:  # type: ignore[no-untyped-def]
    source = path.read_text()
    assert MARKUP.findall(source) == []
    assert UNSAFE_SINKS.findall(source) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_holds_no_inline_code_and_asks_nobody_else(path) -> None:  # type: ignore[no-untyped-def]
    source = path.read_text()
    for rule in (HANDLER, STYLE, ELSEWHERE, BARE_SCRIPT):
        assert rule.search(source) is None, rule.pattern
