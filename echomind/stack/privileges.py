"""Postgres refuses to run as root: choose whom it runs as, and let that user reach our folders."""

import os
import pwd
import shutil
import signal
import stat
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from echomind.stack.errors import StackError

UNPRIVILEGED_USERS = ("postgres", "nobody")
ONLY_OWNER = 0o700


@dataclass(frozen=True, slots=True)
class Identity:
    """An unprivileged user and, where folders above ours are closed, the right to pass them."""

    uid: int
    gid: int
    passes_closed_folders: bool = False

    def command(self, argv: Sequence[str], death_signal: signal.Signals) -> list[str]:
        """`argv` run as this user. The death signal is set again: a change of user clears it."""
        return [
            _setpriv(),
            f"--reuid={self.uid}",
            f"--regid={self.gid}",
            "--clear-groups",
            f"--pdeathsig={death_signal.name.removeprefix('SIG')}",
            *(_PASS_FOLDERS if self.passes_closed_folders else ()),
            *argv,
        ]

    def own(self, folder: Path) -> None:
        """Give an existing folder to this user."""
        os.chown(folder, self.uid, self.gid)


# The secure bit makes access(2), by which initdb looks for postgres, heed capabilities.
_PASS_FOLDERS = (
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    "--securebits=+no_setuid_fixup",
)


def unprivileged_identity(data: Path, binary: Path, ours: Iterable[Path]) -> Identity | None:
    """Who runs `binary` on `data` (owner of existing data first); None when we are not root.

    Closed folders among `ours` are opened to that user's group; those above are left as they are.
    """
    if os.geteuid() != 0:
        return None
    uid, gid = _owner(data) or _first_known_user()
    for folder in ours:
        _let_pass(folder, gid)
    for passes in (False, True):
        identity = Identity(uid, gid, passes_closed_folders=passes)
        runs_binary = _can_run(identity, str(binary), "--version")
        if runs_binary and _can_run(identity, "ls", "-d", f"{data.parent}/."):
            return identity
    raise StackError(f"User {uid} cannot reach {binary}: open its folders, or be no root.")


def _let_pass(folder: Path, gid: int) -> None:
    """Let the group through a folder that only root enters; it cannot list what is there."""
    status = folder.stat()
    if status.st_uid == 0 and stat.S_IMODE(status.st_mode) == ONLY_OWNER:
        os.chown(folder, -1, gid)
        folder.chmod(ONLY_OWNER | stat.S_IXGRP)


def _owner(data: Path) -> tuple[int, int] | None:
    if not data.exists():
        return None
    status = data.stat()
    return (status.st_uid, status.st_gid) if status.st_uid != 0 else None


def _first_known_user() -> tuple[int, int]:
    for name in UNPRIVILEGED_USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return user.pw_uid, user.pw_gid
    names = " or ".join(UNPRIVILEGED_USERS)
    raise StackError(f"Postgres may not run as root, and there is no user {names} to run it as.")


def _can_run(identity: Identity, *argv: str) -> bool:
    """Try it for real: setpriv itself passes closed folders, its program's libraries do not."""
    command = identity.command(argv, signal.SIGKILL)
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603


def _setpriv() -> str:
    found = shutil.which("setpriv")
    if found is None:
        raise StackError("As root, Postgres needs the command setpriv (package util-linux).")
    return found
