"""Stands for the Python that has vLLM: answers vLLM's doors, and leaves an engine if it is killed.

`python_in(folder)` is the program to run, with vLLM's command line. It writes the engine's process id
and what it is asked to load into that folder, and refuses the adapter called `ghost`.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import uvicorn

from ai.backends.script import Script
from tests.fakes.http import Receive, Send, answer, whole_body
from tests.fakes.model_app import ModelApp

REFUSED = "ghost"
TEXT = "This is the voice of the card."


def python_in(folder: Path) -> Path:
    """A program in `folder` that can be run as the Python of vLLM's environment."""
    program = folder / "python"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m {__name__} {folder} "$@"\n')
    program.chmod(0o755)
    return program


def engine_in(folder: Path) -> int:
    """The id of the process that holds the card."""
    return int((folder / "engine").read_text())


def asked_in(folder: Path) -> list[str]:
    """The requests for adapters, each as path and name."""
    return (folder / "adapters").read_text().splitlines()


class VllmApp(ModelApp):
    """The scripted model server with vLLM's own doors."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Script(text=TEXT))
        self._folder = folder

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        match scope["path"]:
            case "/health":
                await answer(send, {})
            case "/version":
                await answer(send, {"version": "0.0.0"})
            case "/v1/load_lora_adapter" | "/v1/unload_lora_adapter" as path:
                await self._note(path, msgspec.json.decode(await whole_body(receive)), send)
            case _:
                await super().__call__(scope, receive, send)

    async def _note(self, path: str, body: dict[str, str], send: Send) -> None:
        if body["lora_name"] == REFUSED:
            await answer(send, {"error": {"message": "no such adapter"}}, status=404)
            return
        with (self._folder / "adapters").open("a") as asked:
            asked.write(f"{path} {body['lora_name']}\n")
        await answer(send, {})


def serve(folder: Path, port: int) -> None:
    """Start an engine, then answer until a signal."""
    engine = subprocess.Popen(["sleep", "600"])
    (folder / "engine").write_text(str(engine.pid))
    try:
        uvicorn.run(VllmApp(folder), host="127.0.0.1", port=port, log_level="critical")
    finally:
        engine.kill()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[sys.argv.index("--port") + 1]))
