"""The addresses of the running site, in a private file, so that commands typed by hand join it."""

import os
from collections.abc import Mapping
from pathlib import Path

from echomind.settings.env import VAR, env
from echomind.stack.secrets import write_private

FILE = "site.env"


def write_environment(run: Path, environment: Mapping[str, str]) -> None:
    """Note the environment of the site's processes; it holds passwords."""
    write_private(run / FILE, "\n".join(f"{name}={value}" for name, value in environment.items()))


def remove_environment(run: Path) -> None:
    """The site has stopped: nobody can join it."""
    (run / FILE).unlink(missing_ok=True)


def join_running_site() -> None:
    """Take over the running site's environment; variables that are set already stay."""
    file = VAR / "run" / FILE
    if os.access(file, os.R_OK):
        env.read_env(file)
