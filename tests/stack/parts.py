"""Small real services to supervise: Python programs of one line."""

import sys
from pathlib import Path

from echomind.stack.child import Program
from echomind.stack.service import Service

SLEEP = "import time; time.sleep(600)"


class PythonService(Service):
    """Runs `code`; it is ready as soon as it runs."""

    ready_within_s = 5.0

    def __init__(self, name: str, folder: Path, code: str = SLEEP) -> None:
        super().__init__()
        self.name, self.folder, self.code = name, folder, code

    def program(self) -> Program:
        return Program(
            argv=[sys.executable, "-c", self.code], log=self.folder / f"{self.name}.log", grace_s=5
        )

    def is_ready(self) -> bool:
        return True
