"""Fixtures of live sites: one shared by all tests of a run that break nothing."""

import os
from collections.abc import Iterator

import pytest

from tests.fakes.model_server import ModelServer
from tests.live.site import LiveSite
from tests.servers import RunServers


@pytest.fixture(scope="session")
def model_server() -> Iterator[ModelServer]:
    """The scripted model server of the run; tests use `model`."""
    with ModelServer() as server:
        yield server


@pytest.fixture
def model(model_server: ModelServer) -> Iterator[ModelServer]:
    """The scripted model server; its default script is back after the test."""
    yield model_server
    model_server.set_script()


@pytest.fixture(scope="session")
def live_site(run_servers: RunServers, model_server: ModelServer) -> Iterator[LiveSite]:
    """A site of one web process, a worker and beat, whose model is `model_server`."""
    folder = run_servers.folder / "site"
    folder.mkdir()
    database_url = os.environ["DATABASE_URL"].rpartition("/")[0]
    site = LiveSite(
        folder,
        database_url=f"{database_url}/site_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}",
        redis_url=f"{os.environ['REDIS_URL'].rpartition('/')[0]}/1",  # its workers answer it alone
        model_url=model_server.base_url,
    )
    try:
        site.prepare()
        site.start()
        yield site
    finally:
        site.stop()
