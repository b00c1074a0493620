"""`manage.py train_gan`: trains a style's generator, from its renderer or a folder of pictures."""

import importlib.util
import math
import signal
import time
from pathlib import Path
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from echomind.common.errors import EchoMindError
from imaging.training.errors import TrainingToolsMissingError
from imaging.training.plan import load_plan, styles
from imaging.training.source import Source


class Command(BaseCommand):
    help = "Train a picture generator. Stops at any time and goes on with --resume."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--style", required=True, help=", ".join(styles()))
        parser.add_argument("--data", type=Path, help="a folder of pictures, instead of drawn ones")
        parser.add_argument("--minutes", type=float, help="train for so long; else to the end")
        parser.add_argument("--threads", type=int, default=1)
        parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._train(**options)
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure

    def _train(
        self, *, style: str, data: Path | None, minutes: float | None, threads: int, resume: bool,
        **_: Any,
    ) -> None:  # fmt: skip
        if importlib.util.find_spec("torch") is None:
            raise TrainingToolsMissingError
        import torch

        from imaging.training.start import prepare, prepare_enlarging

        torch.set_num_threads(threads)
        torch.manual_seed(0)
        source = Source(load_plan(style, cuda=torch.cuda.is_available()), data)
        stop = Event()
        training = prepare(source, self.stdout.write, stop)
        _set_on_signals(stop)
        if resume and training.resume():
            self.stdout.write(f"{style}: goes on after {training.progress.pictures} pictures")
        end = math.inf if minutes is None else time.monotonic() + minutes * 60
        training.run(end)
        enlarging = prepare_enlarging(training, source) if training.is_done else None
        if enlarging is not None:
            if resume:
                enlarging.resume()
            enlarging.run(end)


def _set_on_signals(stop: Event) -> None:
    """On SIGINT and SIGTERM, so that the training keeps what it has and ends."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
