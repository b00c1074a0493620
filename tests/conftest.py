"""The test run's real Postgres and Valkey, and the people that tests speak of.

The servers start before Django reads its settings: one Postgres for the run, with a database per
pytest-xdist worker, and one Valkey per process.
"""

import atexit
import os

import django
import pytest
from django.conf import settings

from echomind.stack.translations import compile_translations
from tests.servers import RunServers

if settings.configured:
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests choose their own settings.")
servers = RunServers()
servers.start()
atexit.register(servers.stop)
os.environ["DJANGO_SETTINGS_MODULE"] = "echomind.settings.test"
compile_translations(settings.LOCALE_PATHS)  # first: setting up reads the default language's
django.setup()

from django.test import TransactionTestCase  # noqa: E402

from accounts.models import User  # noqa: E402  (models need the settings above)
from chat.models import Room  # noqa: E402
from chat.types import RoomKind  # noqa: E402
from tests.emptying import empty_database  # noqa: E402
from tests.factories.people import make_assistant, make_person  # noqa: E402
from tests.factories.rooms import make_room  # noqa: E402

TransactionTestCase._fixture_teardown = empty_database  # type: ignore[method-assign]
pytest_plugins = ["tests.live.fixtures", "tests.factories.pictures", "tests.rag.fixtures"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let each xdist worker choose its own Valkey before its settings are read."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


@pytest.fixture(scope="session")
def run_servers() -> RunServers:
    """The Postgres and the Valkey of this run."""
    return servers


@pytest.fixture
def owner(db: None) -> User:
    """Made the room."""
    return make_person("owner")


@pytest.fixture
def member(db: None) -> User:
    """Belongs to the room and may write in it."""
    return make_person("member")


@pytest.fixture
def reader(db: None) -> User:
    """Belongs to the room and may only read."""
    return make_person("reader")


@pytest.fixture
def stranger(db: None) -> User:
    """Has an account and nothing to do with the room."""
    return make_person("stranger")


@pytest.fixture
def assistant(db: None) -> User:
    """A public assistant."""
    return make_assistant("sage")


@pytest.fixture
def room(owner: User, member: User, reader: User) -> Room:
    """A private room of the owner, with the member and the reader."""
    return make_room(owner, members=(member,), readers=(reader,))


@pytest.fixture
def public_room(owner: User) -> Room:
    """A public room of the owner."""
    return make_room(owner, name="Market", kind=RoomKind.PUBLIC)


@pytest.fixture
def direct_room(owner: User, member: User) -> Room:
    """The private messages of the owner and the member."""
    from chat.services.direct_messages import open_direct_message

    return open_direct_message(user=owner, username=member.username)
