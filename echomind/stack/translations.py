"""Compiles the .po files of translators to the .mo files that gettext reads, without msgfmt."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib
from django.utils.translation.reloader import translation_file_changed


def compile_translations(folders: Iterable[str | Path]) -> None:
    """Compile each catalogue that has no newer .mo beside it; what was read before is forgotten."""
    for source in (file for folder in folders for file in Path(folder).rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)
            translation_file_changed(None, compiled)


def _compile(source: Path, compiled: Path) -> None:
    """Whole or not at all: another process may read or write the same file."""
    unfinished = compiled.with_suffix(f".{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(unfinished))
    unfinished.replace(compiled)
