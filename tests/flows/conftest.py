"""People and rooms of the live site. Tests reach them only from outside."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from accounts.models import User
from chat.models import Membership
from chat.services import members as services
from chat.types import Role
from tests.factories.rooms import make_room
from tests.flows.client import Person
from tests.flows.speaking import assistant_of
from tests.live.site import LiveSite

T = TypeVar("T")
OnSite = Callable[..., Any]


@pytest.fixture
def live_site(live_site: LiveSite, django_db_blocker: DjangoDbBlocker) -> Iterator[LiveSite]:
    """The running site, whose rows this process's Django sees for the length of a test."""
    with django_db_blocker.unblock(), live_site.database():
        yield live_site


@pytest.fixture
def on_site() -> OnSite:
    """Calls a service of the site from an async test, in a thread with a connection of its own."""

    async def call(function: Callable[..., T], **arguments: object) -> T:
        def run() -> T:
            try:
                return function(**arguments)
            finally:
                connections.close_all()

        return await asyncio.to_thread(run)

    return call


@pytest.fixture
def owner(live_site: LiveSite) -> Person:
    """Made the room."""
    return live_site.person("owner")


@pytest.fixture
def member(live_site: LiveSite) -> Person:
    """Belongs to the room and may write in it."""
    return live_site.person("member")


@pytest.fixture
def reader(live_site: LiveSite) -> Person:
    """Belongs to the room and may only read."""
    return live_site.person("reader")


@pytest.fixture
def stranger(live_site: LiveSite) -> Person:
    """Has an account and nothing to do with the room."""
    return live_site.person("stranger")


@pytest.fixture
def owner_cookie(live_site: LiveSite, owner: Person) -> str:
    """The owner's browser session."""
    return live_site.session_cookie(owner.username)


@pytest.fixture
def room(owner: Person, member: Person, reader: Person) -> str:
    """The slug of a private room of the owner, with the member and the reader."""
    by_name = {user.username: user for user in User.objects.filter(kind="person")}
    return make_room(
        by_name[owner.username],
        members=(by_name[member.username],),
        readers=(by_name[reader.username],),
    ).slug


@pytest.fixture
def change_role(on_site: OnSite) -> OnSite:
    """Gives someone another role in a room, or none."""

    async def change(room: str, username: str, role: Role | None) -> None:
        def run() -> None:
            first = Membership.objects.get(room__slug=room, role=Role.OWNER).user
            if role is None:
                services.remove_member(by=first, room=room, username=username)
            else:
                services.change_role(by=first, room=room, username=username, role=role)

        await on_site(run)

    return change


@pytest.fixture
async def assistant(owner: Person, room: str) -> str:
    """The username of an assistant in the room."""
    return await assistant_of(owner, room)
