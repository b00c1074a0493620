"""`manage.py serve_vllm`: a vLLM server alone, for a model of the catalogue. `make serve-vllm`."""

import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings

from echomind.common.machine_cache import cache_folder
from echomind.management.foreground import ForegroundCommand
from echomind.stack.vllm_checkpoint import checkpoint_of
from echomind.stack.vllm_server import VllmServer
from echomind.stack.vllm_settings import VllmSettings, vllm_python

NO_KEY = "none"  # what the site sends where no key is set


class Command(ForegroundCommand):
    help = "Serve a model with vLLM on this machine's loopback address; LLM_API_KEY is its key."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "model", help="A name of the catalogue, a folder, or a name of the hub."
        )
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument(
            "--adapter", action="append", default=[], type=_adapter, metavar="NAME=FOLDER"
        )
        parser.add_argument("--eager", action="store_true", help="Start sooner and write slower.")

    def serve(self, options: dict[str, Any]) -> None:
        server = VllmServer(self._settings(options), settings.VAR / "log" / "vllm.log")
        self.tell(f"Starting vLLM, which takes minutes (log: {server.log}).")
        began = time.monotonic()
        try:
            server.launch()
            server.wait_until_ready()
            self.tell(f"Ready after {time.monotonic() - began:.0f} s: LLM_BASE_URL={server.url}")
            if server.child:
                server.child.wait()
        finally:
            server.stop()

    def _settings(self, options: dict[str, Any]) -> VllmSettings:
        name, key = options["model"], settings.LLM_API_KEY
        return VllmSettings(
            checkpoint=checkpoint_of(name, vllm_python(), cache_folder(), self.tell),
            name=name,
            port=options["port"],
            api_key="" if key == NO_KEY else key,
            adapters=dict(options["adapter"]),
            eager=options["eager"],
        )


def _adapter(words: str) -> tuple[str, str]:
    name, _, folder = words.partition("=")
    if not name or not folder:
        raise ArgumentTypeError("is NAME=FOLDER")
    return name, folder
