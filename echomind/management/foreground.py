"""A command that runs in the foreground until Ctrl+C and says in one sentence why it cannot."""

import signal
import sys
from abc import abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from echomind.common.errors import EchoMindError
from echomind.settings.env import VAR
from echomind.stack.supervisor import STOP_SIGNALS


class ForegroundCommand(BaseCommand):
    """Subclasses say in `serve` what runs."""

    requires_system_checks = ()

    @abstractmethod
    def serve(self, options: dict[str, Any]) -> None:
        """Run until a KeyboardInterrupt, whichever signal stands behind it, and end what was begun."""

    def handle(self, *args: Any, **options: Any) -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.default_int_handler)
        try:
            self.serve(options)
        except KeyboardInterrupt:
            self.tell("Stopped.")
        except EchoMindError as failure:
            raise CommandError(str(failure.sentence)) from failure
        except OSError as failure:  # a full disk, a folder that may not be written
            place = failure.filename or VAR
            raise CommandError(f"{place}: {failure.strerror}.") from failure

    def tell(self, sentence: str) -> None:
        """Show a line to the person at the terminal."""
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201
