"""The embedded model server: llama.cpp as built for this machine, else as packaged in xllamacpp."""

import sys
import urllib.error
import urllib.request
from pathlib import Path

import msgspec

from echomind.stack.child import Program
from echomind.stack.llm_settings import API_KEY_VARIABLE, BATCH_TOKENS, LlmSettings
from echomind.stack.ports import LOOPBACK
from echomind.stack.service import Service

NICENESS = 5
# Both builds keep the weights as stored: repacked, the numbers of one answer depend on whether another
# is written beside it, and nothing can be run again exactly; reading and writing are no faster.
# Threads that spin while they wait fell to a fifth of the speed on busy cores.
PASSIVE_WAITING = {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}


class LlmServer(Service):
    """One model on one port. `native` is the server that `make native-llm` built, if it did."""

    name = "model"
    ready_within_s = 180.0  # a cold disk reads a gigabyte

    def __init__(self, settings: LlmSettings, log: Path, api_key: str, native: Path | None) -> None:
        super().__init__()
        self.settings, self.log = settings, log
        self.api_key, self.native = api_key, native

    @property
    def url(self) -> str:
        """Base address of its OpenAI-style API."""
        return f"http://{LOOPBACK}:{self.settings.port}/v1"

    def program(self) -> Program:
        return Program(
            argv=self._native_argv(self.native) if self.native else self._packaged_argv(),
            log=self.log,
            environment={API_KEY_VARIABLE: self.api_key, **PASSIVE_WAITING},
            niceness=NICENESS,
        )

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(self.url.replace("/v1", "/health"), timeout=2):  # noqa: S310
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):  # 503 while it loads
            return False

    def _packaged_argv(self) -> list[str]:
        settings = msgspec.json.encode(self.settings).decode()
        return [sys.executable, "-m", "echomind.stack.llm_process", settings]

    def _native_argv(self, binary: Path) -> list[str]:
        settings = self.settings
        return [
            str(binary), "--model", settings.path, "--alias", settings.alias,
            "--host", settings.host, "--port", str(settings.port),
            "--parallel", str(settings.slots), "--ctx-size", str(settings.context),
            "--threads", str(settings.threads), "--cache-ram", str(settings.prompt_cache_mib),
            "--batch-size", str(BATCH_TOKENS), "--ubatch-size", str(BATCH_TOKENS),
            "--metrics", "--slots", "--no-webui", "--no-repack",
        ]  # fmt: skip
