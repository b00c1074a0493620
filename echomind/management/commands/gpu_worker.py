"""`manage.py gpu_worker`: write replies on this machine's GPU, with a vLLM server of its own."""

import signal
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from echomind.common.errors import EchoMindError
from echomind.stack.gpu_worker import GpuWorker
from echomind.stack.supervisor import STOP_SIGNALS


class Command(BaseCommand):
    """Runs in the foreground until Ctrl+C."""

    help = "Start the vLLM server of the registry that belongs to this machine, and stream from it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--server",
            default="",
            help="Its name in the registry; else the first of kind vLLM whose address is free here.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.default_int_handler)
        try:
            GpuWorker(options["server"], settings.VAR / "gpu", self._tell).run()
        except KeyboardInterrupt:
            self._tell("Stopped.")
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure

    def _tell(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201
