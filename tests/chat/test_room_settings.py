"""The settings of a room with more members than one page holds."""

import re

import pytest
from django.test import Client

from accounts.models import User
from chat.models import Membership, Room

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="\?page=(\d+)"')


@pytest.fixture
def crowded_room(room: Room) -> Room:
    """The room of three, with 220 more."""
    crowd = User.objects.bulk_create(User(username=f"crowd-{number}") for number in range(220))
    Membership.objects.bulk_create(Membership(room=room, user=user) for user in crowd)
    return room


def page_of(client: Client, room: Room, asked: str) -> str:
    """The settings page for `?page=`."""
    return client.get(f"/rooms/{room.slug}/settings/", {"page": asked}).content.decode()


def test_every_member_of_a_crowd_stands_on_a_page_with_a_link_to_it(
    client: Client, owner: User, crowded_room: Room
) -> None:
    client.force_login(owner)
    first = page_of(client, crowded_room, "1")
    last = page_of(client, crowded_room, "2")
    assert ("@reader" in first, "@crowd-196" in first, "@crowd-197" in first) == (True, True, False)
    assert ("@reader" in last, "@crowd-197" in last, "@crowd-219" in last) == (False, True, True)
    assert (LINK.findall(first), LINK.findall(last)) == (["2"], ["1"])


@pytest.mark.parametrize("asked", ["", "0", "-1", "one", "9999999"])
def test_what_is_no_page_is_the_first(
    client: Client, owner: User, crowded_room: Room, asked: str
) -> None:
    client.force_login(owner)
    assert "@owner" in page_of(client, crowded_room, asked)


def test_a_room_that_fits_has_no_links_to_pages(client: Client, owner: User, room: Room) -> None:
    client.force_login(owner)
    assert not LINK.findall(page_of(client, room, "1"))
