"""One Chromium for these tests, and visitors of a room of their own."""

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from django.db import connections
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from accounts.models import User
from chat.models import Room
from tests.browser.visitor import Visitor
from tests.factories.rooms import make_room
from tests.live.site import LiveSite

expect.set_options(timeout=15_000)  # ms; other tests run beside these

T = TypeVar("T")
OnSite = Callable[[Callable[[], T]], T]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or the one named by CHROMIUM."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        pytest.fail("Install a browser (apt-get install chromium) or set CHROMIUM to its path.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def on_site(live_site: LiveSite, django_db_blocker: DjangoDbBlocker) -> Iterator[OnSite[object]]:
    """Calls something on the site's rows, in a thread: this one belongs to the browser's loop."""

    def call(function: Callable[[], T]) -> T:
        def run() -> T:
            try:
                with django_db_blocker.unblock(), live_site.database():
                    return function()
            finally:
                connections.close_all()

        return pool.submit(run).result()

    with ThreadPoolExecutor(1) as pool:
        yield call


@pytest.fixture
def visitor(
    chromium: Browser, live_site: LiveSite, on_site: OnSite[tuple[str, str]]
) -> Iterator[Callable[..., Visitor]]:
    """Makes people at browsers. At the end no page of theirs may have had an error."""
    here: list[Visitor] = []

    def make(name: str, *, phone: bool = False, language: str = "en") -> Visitor:
        def sign_in() -> tuple[str, str]:
            person = live_site.person(name, name=name.title(), language=language)
            return person.username, live_site.session_cookie(person.username)

        username, cookie = on_site(sign_in)
        here.append(Visitor(chromium, live_site.base_url, username, cookie, phone=phone))
        return here[-1]

    yield make
    for one in here:
        one.context.close()
    assert [one.problems for one in here if one.problems] == []


@pytest.fixture
def owner(visitor: Callable[..., Visitor]) -> Visitor:
    """Made the room; sits at a desk."""
    return visitor("owner")


@pytest.fixture
def member(visitor: Callable[..., Visitor]) -> Visitor:
    """May write in the room; sits at a desk."""
    return visitor("member")


@pytest.fixture
def room(on_site: OnSite[Room], owner: Visitor, member: Visitor) -> str:
    """The slug of a private room of the owner, with the member and an assistant."""
    return on_site(lambda: make_room(_user(owner), members=(_user(member),))).slug


def _user(visitor: Visitor) -> User:
    return User.objects.get(username=visitor.username)


@pytest.fixture
def both_inside(room: str, owner: Visitor, member: Visitor) -> str:
    """The room, with the owner and the member in it."""
    owner.enter(room)
    member.enter(room)
    return room
