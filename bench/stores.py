"""The Postgres and Valkey of one run, both embedded, and what they count."""

import os
import secrets
import tempfile
from pathlib import Path

from echomind.stack.child import Program
from echomind.stack.postgres import SITE, PostgresServer
from echomind.stack.redis import ValkeyServer


class CountingPostgres(PostgresServer):
    """Postgres that also counts statements by their text."""

    def program(self) -> Program:
        program = super().program()
        counting = "--shared_preload_libraries=pg_stat_statements"
        return Program(
            argv=[*program.argv, counting],
            log=program.log,
            stop_signal=program.stop_signal,
            death_signal=program.death_signal,
            grace_s=program.grace_s,
        )

    def wait_until_ready(self) -> None:
        super().wait_until_ready()
        with self._connect_admin(SITE) as admin:
            admin.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements")
            admin.execute(f"GRANT pg_read_all_stats TO {SITE}")


class Stores:
    """Starts both in a folder that goes with them, and points this process's settings at them."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="echomind-bench-")
        self.folder = Path(self._folder.name)
        self.folder.chmod(0o755)  # as root, Postgres runs as another user
        self.postgres = CountingPostgres(self.folder / "postgres", self.folder / "postgres.log")
        self.valkey = ValkeyServer(self.folder / "valkey", self.folder / "valkey.log")

    def start(self) -> None:
        """Start them and set the environment that settings read, here and in every child."""
        redis_url = self.valkey.start()
        os.environ |= {
            "DATABASE_URL": self.postgres.start(),
            "REDIS_URL": redis_url,
            "CELERY_BROKER_URL": redis_url,
            "VAR": str(self.folder / "var"),
            "SECRET_KEY": secrets.token_hex(32),
            "DJANGO_SETTINGS_MODULE": "echomind.settings.prod",
        }

    def stop(self) -> None:
        """End them and remove what they wrote."""
        self.valkey.stop()
        self.postgres.stop()
        self._folder.cleanup()

    @property
    def pids(self) -> list[int]:
        """The running servers."""
        return [part.child.pid for part in (self.postgres, self.valkey) if part.child]
