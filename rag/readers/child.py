"""The process that reads one file: `python -m rag.readers.child FORMAT`, the file as standard input.

It locks itself in before it looks at the first byte: bounded memory, time and output, no file, no
network. What it found goes to standard output as JSON.
"""

import codecs
import ctypes
import dataclasses
import importlib
import json
import os
import resource
import sys
from collections.abc import Iterable

from rag.readers.decoding import CANDIDATES
from rag.readers.formats import Format, require_magic
from rag.readers.reading import Reading, RefusalError

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
PR_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
STANDARD_STREAMS = 3
PDF_ENCODINGS = ("gbk", "gb2312", "shift_jis", "euc_kr", "utf_16", "utf_32", "mac_roman", "cp1251")


def main(name: str, longest_text: int, memory: int, processor_s: int, output: int) -> None:
    """Read standard input as this format. An exception that nobody names ends the process."""
    reader = importlib.import_module(f"rag.readers.{Format(name)}_format")
    _load_ahead(getattr(reader, "LATER", ()))
    _lock_in(memory, processor_s, output)
    try:
        data = sys.stdin.buffer.read()
        require_magic(data, Format(name))
        answer = _bounded(reader.read(data), longest_text)
    except RefusalError as refusal:
        answer = {"code": refusal.code}
    except (MemoryError, RecursionError):
        answer = {"code": "reading_limit"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _load_ahead(modules: Iterable[str]) -> None:
    """Import what would be imported while reading: by then no file can be opened."""
    for module in modules:
        importlib.import_module(module)
    for encoding in (*CANDIDATES, *PDF_ENCODINGS, "utf_8_sig"):
        codecs.lookup(encoding)


def _bounded(reading: Reading, longest_text: int) -> dict[str, object]:
    if not reading.is_collection and len(reading.entries[0].text) > longest_text:
        raise RefusalError("text_too_long")
    if not any(entry.text.strip() for entry in reading.entries):
        raise RefusalError("no_text")
    return dataclasses.asdict(reading)


def _lock_in(memory: int, processor_s: int, output: int) -> None:
    libc = ctypes.CDLL(None)
    # Where the kernel does not allow a network of its own, the bound on open files is left: a
    # socket is one.
    if libc.unshare(CLONE_NEWNET) != 0:
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    os.nice(5)
    for limit, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor_s),
        (resource.RLIMIT_FSIZE, output),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, STANDARD_STREAMS),
    ):
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
