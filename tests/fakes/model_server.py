"""The scripted model server as a process of its own, in OpenAI's dialect or another kind's.

    with ModelServer(text="Hello", tokens_per_second=50) as server:
        ...                                  # LLM_BASE_URL = server.base_url
        server.set_script(silence_s=65)      # the same: POST /script, fields of Script as JSON
        server.stats()["running"]            # the same: GET /stats
        server.requests()[-1]["max_tokens"]  # the bodies of its answers: GET /requests
        server.offer({"id": "large"})        # what it lists from now on: POST /offer

From a shell: `python -m tests.fakes.model_server --port 8080 --script '{"text": "Hello"}'`.
A new script replaces the old one whole; fields that it does not name take their defaults.
"""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any

import httpx
import msgspec
import uvicorn

from ai.backends.script import Script, read_script
from tests.fakes.dialects import DOORS
from tests.fakes.model_app import ModelApp

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
END_WITHIN_S = 5


class ModelServer:
    """Starts the server when entered and ends it when left. `port` 0 takes a free one."""

    def __init__(self, *, port: int = 0, kind: str = "openai_compatible", **script: Any) -> None:
        self.port = port
        self.kind = kind
        self._script = msgspec.json.encode(msgspec.convert(script, Script)).decode()
        self._process: subprocess.Popen[str] | None = None

    @property
    def root(self) -> str:
        """The address of /stats and /script."""
        return f"http://{HOST}:{self.port}"

    @property
    def base_url(self) -> str:
        """What belongs into LLM_BASE_URL."""
        return f"{self.root}/v1"

    def start(self) -> None:
        """Start, and return when it listens. After a stop or a kill it takes the same port."""
        arguments = ["--port", str(self.port), "--script", self._script, "--kind", self.kind]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.model_server", *arguments, "--until-eof"],
            stdin=subprocess.PIPE,  # closed by the kernel when this process ends, however it ends
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def stop(self) -> None:
        """End it in order; open answers are cut."""
        if self._process:
            self._process.terminate()
            self._process.wait(END_WITHIN_S)

    def kill(self) -> None:
        """End it as a crash does."""
        if self._process:
            self._process.kill()
            self._process.wait(END_WITHIN_S)

    def set_script(self, **script: Any) -> None:
        """What it says from the next answer on."""
        httpx.post(f"{self.root}/script", json=script).raise_for_status()

    def offer(self, *models: dict[str, Any]) -> None:
        """The entries of its list of models from now on."""
        httpx.post(f"{self.root}/offer", json=models).raise_for_status()

    def requests(self) -> list[dict[str, Any]]:
        """The bodies of the last 200 requests for an answer, oldest first."""
        bodies: list[dict[str, Any]] = httpx.get(f"{self.root}/requests").json()
        return bodies

    def stats(self) -> dict[str, int]:
        """Answers `started`, `finished`, `aborted` by the client, `failed`, and `running` now."""
        counts: dict[str, int] = httpx.get(f"{self.root}/stats").raise_for_status().json()
        return counts

    def __enter__(self) -> "ModelServer":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def serve(port: int, script: str, kind: str) -> None:
    """Serve until a signal; the first line on stdout is the port."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((HOST, port))
    listener.listen(128)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        ModelApp(read_script(script), kind),
        log_level="critical",
        lifespan="off",
        timeout_graceful_shutdown=1,
    )
    uvicorn.Server(config).run(sockets=[listener])


def end_at_eof() -> None:
    """Ends this process when whoever started it is gone."""
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A model server that says what it is told to.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--script", default="{}", help="JSON, fields of ai.backends.script.Script")
    parser.add_argument("--kind", default="openai_compatible", choices=DOORS)
    parser.add_argument("--until-eof", action="store_true", help="end when stdin is closed")
    given = parser.parse_args()
    if given.until_eof:
        Thread(target=end_at_eof, daemon=True).start()
    serve(given.port, given.script, given.kind)
