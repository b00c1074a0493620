"""`manage.py serve_vllm`: a vLLM server alone, for a model of the catalogue. `make serve-vllm`."""

import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ai.fetch import cache_folder
from echomind.common.errors import EchoMindError
from echomind.stack.supervisor import STOP_SIGNALS
from echomind.stack.vllm_checkpoint import checkpoint_of
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings, vllm_python

NO_KEY = "none"  # what the site sends where no key is set


class Command(BaseCommand):
    """Runs in the foreground until Ctrl+C; `LLM_API_KEY` is the key that it asks for."""

    help = "Serve a model with vLLM on this machine's loopback address."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "model", help="A name of the catalogue, a folder, or a name of the hub."
        )
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument("--adapter", action="append", default=[], metavar="NAME=FOLDER")
        parser.add_argument("--eager", action="store_true", help="Start sooner and write slower.")

    def handle(self, *args: Any, **options: Any) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.default_int_handler)
        try:
            server = VllmServer(self._settings(options), settings.VAR / "log" / "vllm.log")
            self._serve(server)
        except KeyboardInterrupt:
            self._tell("Stopped.")
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure

    def _settings(self, options: dict[str, Any]) -> VllmSettings:
        name = options["model"]
        key = settings.LLM_API_KEY
        return VllmSettings(
            checkpoint=checkpoint_of(name, vllm_python(), cache_folder(), self._tell),
            name=name,
            port=options["port"],
            api_key="" if key == NO_KEY else key,
            adapters=dict(adapter.split("=", 1) for adapter in options["adapter"]),
            eager=options["eager"],
        )

    def _serve(self, server: VllmServer) -> None:
        self._tell(f"Starting vLLM, which takes minutes (log: {server.log}).")
        began = time.monotonic()
        try:
            server.launch()
            server.wait_until_ready()
            self._tell(f"Ready after {time.monotonic() - began:.0f} s: LLM_BASE_URL={server.url}")
            if server.child:
                server.child.wait()
        finally:
            server.stop()

    def _tell(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201
