"""`manage.py export_gan`: writes a trained generator as ONNX, with its model card and sample grid."""

import importlib.util
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from echomind.common.errors import EchoMindError
from imaging.training.errors import TrainingToolsMissingError
from imaging.training.plan import load_plan, styles
from imaging.training.source import Source

WEIGHTS = Path(__file__).parents[2] / "weights"


class Command(BaseCommand):
    help = "Write the last checkpoint of a style as ONNX, with model card and sample grid."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--style", required=True, help=", ".join(styles()))
        parser.add_argument("--data", type=Path, help="the folder that it was trained with, if any")
        parser.add_argument("--to", type=Path, default=WEIGHTS, help="folder; %(default)s")

    def handle(self, *args: Any, style: str, to: Path, data: Path | None, **options: Any) -> None:
        if importlib.util.find_spec("torch") is None:
            raise CommandError(str(TrainingToolsMissingError.sentence))
        import torch

        from imaging.training.release import release

        try:
            source = Source(load_plan(style, cuda=torch.cuda.is_available()), data)
            exported = release(source, to, self.stdout.write)
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure
        times = ", ".join(
            f"{n} thread{'s' * (n > 1)}: {t[0]} ms" for n, t in exported.milliseconds.items()
        )
        self.stdout.write(
            f"{exported.path}: {exported.bytes / 1e6:.2f} MB, differs from torch by at most"
            f" {exported.difference:.1e}, {times}"
        )
