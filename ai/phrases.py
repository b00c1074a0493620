"""The phrases of an OpenCC dictionary, arranged to ask where a phrase may still grow."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import opencc

_FOLDER = Path(opencc.__file__).parent / "clib"
_COMPLETE, _GROWING = 1, 2


class PhraseBook:
    """Knows every phrase of some dictionaries and every beginning of one."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._known: dict[str, int] = {}
        for phrase in phrases:
            self._known[phrase] = self._known.get(phrase, 0) | _COMPLETE
            for end in range(1, len(phrase)):
                beginning = phrase[:end]
                self._known[beginning] = self._known.get(beginning, 0) | _GROWING

    def reach(self, text: str, start: int) -> tuple[int, bool]:
        """Where the longest phrase that begins at `start` ends, at least `start + 1`.

        The second value tells whether text still to come could make a longer one.
        """
        longest = start + 1
        for end in range(start + 1, len(text) + 1):
            known = self._known.get(text[start:end], 0)
            if known & _COMPLETE:
                longest = end
            if not known & _GROWING:
                return longest, False
        return longest, True


def read_dictionary(name: str) -> dict[str, str]:
    """The entries of one of OpenCC's compiled dictionaries, with the first of their values."""
    program = _FOLDER / "bin" / "opencc_dict"
    source = _FOLDER / "share" / "opencc" / f"{name}.ocd2"
    written = subprocess.run(  # noqa: S603, a program and a file of the same installed package
        [program, "-f", "ocd2", "-t", "text", "-i", source, "-o", "/dev/stdout"],
        check=True,
        capture_output=True,
    )
    lines = written.stdout.decode().splitlines()
    pairs = (line.split("\t") for line in lines if "\t" in line)
    return {key: values.split(" ")[0] for key, values in pairs}
