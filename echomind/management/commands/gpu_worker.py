"""`manage.py gpu_worker`: write replies on this machine's GPU, with a vLLM server of its own."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from echomind.management.foreground import ForegroundCommand
from echomind.stack.gpu_worker import GpuWorker


class Command(ForegroundCommand):
    help = "Start the vLLM server of the registry that belongs to this machine, and stream from it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--server",
            default="",
            help="Its name in the registry; else the first of kind vLLM whose address is free here.",
        )

    def serve(self, options: dict[str, Any]) -> None:
        GpuWorker(options["server"], settings.VAR / "gpu", self.tell).run()
