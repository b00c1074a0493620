"""The Postgres and Valkey of one test run, and the environment that points the settings at them."""

import os
import shutil
import tempfile
from pathlib import Path

import psycopg

from echomind.stack.postgres import PostgresServer
from echomind.stack.redis import ValkeyServer


class RunServers:
    """Starts what this process must start: an xdist worker uses its controller's Postgres."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="echomind-tests-"))
        self.folder.chmod(0o755)  # as root, Postgres runs as another user
        self.valkey = ValkeyServer(self.folder / "valkey", self.folder / "valkey.log")
        self.postgres: PostgresServer | None = None
        if "PYTEST_XDIST_WORKER" not in os.environ:
            self.postgres = PostgresServer(self.folder / "postgres", self.folder / "postgres.log")

    def start(self) -> None:
        """Start the servers and set the environment that the settings read."""
        if self.postgres:
            os.environ["DATABASE_URL"] = self.postgres.start()
            _never_wait_for_the_disk(os.environ["DATABASE_URL"])
        os.environ["REDIS_URL"] = os.environ["CELERY_BROKER_URL"] = self.valkey.start()
        os.environ["VAR"] = str(self.folder / "var")
        os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 32

    def stop(self) -> None:
        """End them, and remove everything they wrote."""
        self.valkey.stop()
        if self.postgres:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _never_wait_for_the_disk(database_url: str) -> None:
    """Nothing of the run's Postgres is needed after it; tests that kill one have their own."""
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER ROLE CURRENT_USER SET synchronous_commit = off")
