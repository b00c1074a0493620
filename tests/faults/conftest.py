"""The site that tests break, whole again before each of them."""

from collections.abc import Generator, Iterator

import pytest
from pytest_django import DjangoDbBlocker

from accounts.models import User
from tests.factories.rooms import make_room
from tests.fakes.model_server import ModelServer
from tests.faults.site import FaultSite
from tests.flows.client import Person
from tests.servers import RunServers

LOG_SHOWN = 3_000  # characters


@pytest.fixture(scope="session")
def broken_site(run_servers: RunServers, model_server: ModelServer) -> Iterator[FaultSite]:
    """The site for the whole run; tests use `fault_site`."""
    folder = run_servers.folder / "faults"
    folder.mkdir()
    site = FaultSite(folder, model_server.base_url)
    try:
        site.prepare()
        site.start()
        yield site
    finally:
        site.stop()


@pytest.fixture
def fault_site(broken_site: FaultSite, django_db_blocker: DjangoDbBlocker) -> Iterator[FaultSite]:
    """The site, whole at the start of the test, with this process's Django on its database."""
    broken_site.make_whole()
    with django_db_blocker.unblock(), broken_site.database():
        yield broken_site


@pytest.fixture
def people(fault_site: FaultSite) -> list[Person]:
    """Three people, the first of whom owns `room`."""
    return [fault_site.person(name) for name in ("owner", "member", "friend")]


@pytest.fixture
def room(people: list[Person]) -> str:
    """The slug of a private room in which all three people write."""
    users = {user.username: user for user in User.objects.all()}
    first, *others = (users[person.username] for person in people)
    return make_room(first, members=tuple(others)).slug


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of each part's log with a test that failed."""
    report = yield
    site = getattr(item, "funcargs", {}).get("fault_site")
    if report.failed and site:
        for part in site.parts:
            report.sections.append((f"log of {part.name}", part.log_text()[-LOG_SHOWN:]))
    return report
