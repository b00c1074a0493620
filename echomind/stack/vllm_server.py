"""A vLLM server as a part of the stack: started, asked for its health, ended without remains."""

import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from echomind.stack.child import Program
from echomind.stack.errors import StackError
from echomind.stack.ports import LOOPBACK
from echomind.stack.service import Service
from echomind.stack.vllm_settings import VllmSettings

NICENESS = 5
GRACE_S = 30.0  # it first ends its engine
ANSWER_S = 10.0


class VllmServer(Service):
    """One model and its adapters. The engine is a process that vLLM starts and that holds the card."""

    name = "vllm"
    ready_within_s = 1800.0  # weights of many gigabytes, and a compilation

    def __init__(self, settings: VllmSettings, log: Path) -> None:
        super().__init__()
        self.settings, self.log = settings, log
        self.launched_at = 0.0
        self._loaded: Mapping[str, str] = {}  # folders of adapters by name

    @property
    def url(self) -> str:
        """Base address of its OpenAI-style API, from this machine."""
        return f"{self._root}/v1"

    @property
    def _root(self) -> str:
        host = LOOPBACK if self.settings.host in ("", "0.0.0.0", "::") else self.settings.host  # noqa: S104
        return f"http://{host}:{self.settings.port}"

    def program(self) -> Program:
        return Program(
            argv=self.settings.argv(),
            log=self.log,
            environment=self.settings.environment(),
            death_signal=signal.SIGTERM,  # killed, it would leave its engine behind
            grace_s=GRACE_S,
            niceness=NICENESS,
        )

    def launch(self) -> None:
        """Start the process. Raises StackError where this machine has no vLLM."""
        if not self.settings.python.exists():
            raise StackError(f"There is no vLLM at {self.settings.python}: see `make serve-vllm`.")
        self._end_engine()
        super().launch()
        self.launched_at, self._loaded = time.monotonic(), self.settings.adapters

    def stop(self) -> None:
        super().stop()
        self._end_engine()

    def kill(self) -> None:
        super().kill()
        self._end_engine()

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._root}/health", timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def change_adapters(self, wanted: Mapping[str, str]) -> list[str]:
        """Serve these adapters, by name, from now on; returns a sentence for each that it refuses.

        The first adapter of all takes a new start: vLLM reserves the room for adapters then. The
        process is ended here and started by whoever watches it.
        """
        had_room = bool(self.settings.adapters)
        self.settings = replace(self.settings, adapters=wanted)
        if wanted and not had_room:
            self.kill()
            return []
        gone = dict(self._loaded.items() - wanted.items())
        new = dict(wanted.items() - self._loaded.items())
        self._loaded = wanted
        answers = [self._post("unload", lora_name=name) for name in gone]
        answers += [self._post("load", lora_name=name, lora_path=new[name]) for name in new]
        return [answer for answer in answers if answer]

    def _post(self, verb: str, **body: str) -> str:
        """Load or unload an adapter; returns what the server has against it, or nothing."""
        request = urllib.request.Request(  # noqa: S310  (an address of ours)
            f"{self.url}/{verb}_lora_adapter",
            data=json.dumps(body).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self.settings.api_key}",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_S):  # noqa: S310
                return ""
        except (urllib.error.URLError, ConnectionError, TimeoutError) as failure:
            return f"vLLM could not {verb} the adapter {body['lora_name']}: {failure}"

    def _end_engine(self) -> None:
        """End what a killed server left running in its group: an engine would keep the card."""
        if self.child is not None and not self.is_running:
            with suppress(ProcessLookupError):
                os.killpg(self.child.pid, signal.SIGKILL)
