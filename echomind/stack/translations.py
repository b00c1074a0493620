"""Compiles the .po files of translators to the .mo files that gettext reads, without msgfmt."""

from collections.abc import Iterable
from pathlib import Path

import polib


def compile_translations(folders: Iterable[str | Path]) -> None:
    """Compile each catalogue that has no newer .mo beside it."""
    for source in (file for folder in folders for file in Path(folder).rglob("*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(compiled))
