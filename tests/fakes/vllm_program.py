#!/usr/bin/env python3
"""Stands for the Python that has vLLM: answers its doors, and leaves an engine if it is killed.

Run with vLLM's command line. What it is asked to load it writes to `adapters.log` beside itself; it
refuses the adapter called `ghost`.
"""

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

LOG = Path(__file__).with_name("adapters.log")
NOT_FOUND = 404


class Doors(BaseHTTPRequestHandler):
    """/health, and the two for adapters."""

    def do_GET(self) -> None:
        self._answer(200)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        refused = body["lora_name"] == "ghost"
        if not refused:
            with LOG.open("a") as log:
                log.write(f"{self.path} {body['lora_name']}\n")
        self._answer(NOT_FOUND if refused else 200)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


if __name__ == "__main__":
    engine = subprocess.Popen(["sleep", "600"])
    Path(__file__).with_name("engine").write_text(str(engine.pid))
    port = int(sys.argv[sys.argv.index("--port") + 1])
    HTTPServer(("127.0.0.1", port), Doors).serve_forever()
