"""`manage.py up`: run the whole site in the foreground. `make run` calls it."""

from typing import Any

from echomind.management.foreground import ForegroundCommand
from echomind.stack.plan import read_plan
from echomind.stack.site import Site


class Command(ForegroundCommand):
    help = "Start every part of the site and keep it running until Ctrl+C."

    def serve(self, options: dict[str, Any]) -> None:
        Site(read_plan(), self.tell).run()
