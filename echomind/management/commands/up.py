"""`manage.py up`: run the whole site in the foreground. `make run` calls it."""

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from echomind.common.errors import EchoMindError
from echomind.settings.env import VAR
from echomind.stack.plan import read_plan
from echomind.stack.site import Site
from echomind.stack.supervisor import STOP_SIGNALS


class Command(BaseCommand):
    help = "Start every part of the site and keep it running until Ctrl+C."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.default_int_handler)
        try:
            Site(read_plan(), self._tell).run()
        except KeyboardInterrupt:
            self._tell("Stopped.")
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure
        except OSError as failure:  # a full disk, a folder that may not be written
            place = failure.filename or VAR
            raise CommandError(f"{place}: {failure.strerror}.") from failure

    def _tell(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201
