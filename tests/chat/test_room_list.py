"""What a list of rooms reads, counted where there are many more members and rooms than it shows."""

from contextlib import AbstractContextManager
from typing import Protocol

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from chat.models import Membership, Room
from chat.selectors.members import LISTED, member_page
from chat.selectors.room_list import (
    PAGE,
    PUBLIC_BESIDE,
    room_page,
    room_wire,
    rooms_beside,
    where_to_begin,
)
from chat.types import RoomKind
from tests.factories.rooms import make_room

CROWD = 5_000


class CountsQueries(Protocol):
    """pytest-django's fixture."""

    def __call__(self, number: int) -> AbstractContextManager[CaptureQueriesContext]: ...


def fill(room: Room, count: int) -> None:
    """Let a crowd into a room."""
    crowd = User.objects.bulk_create(User(username=f"crowd-{number}") for number in range(count))
    Membership.objects.bulk_create(Membership(room=room, user=user) for user in crowd)


def open_rooms(count: int) -> None:
    """Public rooms without anybody in them."""
    Room.objects.bulk_create(
        Room(slug=f"r{number}", name=f"R{number}", kind=RoomKind.PUBLIC) for number in range(count)
    )


def rows_read(captured: CaptureQueriesContext) -> int:
    """The most rows that any step of the plans of these statements has handled."""
    most = 0
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql']}")
            ((plans,),) = cursor.fetchall()
            most = max(most, *(_rows(plan["Plan"]) for plan in plans))
    return most


def _rows(plan: dict) -> int:  # type: ignore[type-arg]  # as Postgres nests it
    handled = plan["Actual Rows"] * plan["Actual Loops"] + plan.get("Rows Removed by Filter", 0)
    return max([int(handled), *(_rows(step) for step in plan.get("Plans", []))])


def let_the_planner_know() -> None:
    """Of what the tables hold, as autovacuum would; and that a page is as near as the next one.

    Tables of this size it would rather read from end to end than look up in an index.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE chat_room, chat_membership, accounts_user")
        cursor.execute("SET LOCAL random_page_cost = 1")
        cursor.execute("SET LOCAL enable_seqscan = off")


def test_a_crowded_room_is_listed_with_its_first_members_and_reads_no_others(
    public_room: Room, stranger: User, django_assert_num_queries: CountsQueries
) -> None:
    fill(public_room, CROWD)
    let_the_planner_know()
    with django_assert_num_queries(3) as statements:
        (listed,), more = room_page(stranger, 1)
    assert [member.username for member in listed.members[:2]] == ["owner", "crowd-0"]
    assert (len(listed.members), more) == (LISTED, False)
    assert rows_read(statements) <= LISTED


def test_the_members_beyond_the_first_come_by_page(public_room: Room) -> None:
    fill(public_room, 250)
    first, more = member_page(public_room, 1)
    last, none_left = member_page(public_room, 2)
    assert (len(first), more, len(last), none_left) == (200, True, 51, False)
    names = {member.username for member in first + last}
    assert names == {"owner", *(f"crowd-{number}" for number in range(250))}


def test_a_page_of_rooms_reads_no_more_rooms_than_it_shows(
    room: Room, member: User, django_assert_num_queries: CountsQueries
) -> None:
    open_rooms(5 * PAGE)
    let_the_planner_know()
    with django_assert_num_queries(3) as statements:
        rooms, more = room_page(member, 1)
    assert (len(rooms), rooms[0].slug, more) == (PAGE, room.slug, True)
    assert rows_read(statements) <= 2 * PAGE


def test_the_sidebar_has_all_rooms_of_ones_own_and_the_first_public_ones(
    member: User, stranger: User, django_assert_num_queries: CountsQueries
) -> None:
    open_rooms(2 * PUBLIC_BESIDE)
    own = make_room(stranger, name="Attic", members=(member,))
    with django_assert_num_queries(3):
        rooms = rooms_beside(member)
    assert len(rooms) == PUBLIC_BESIDE + 1
    assert (rooms[-1].slug, rooms[-1].role, rooms[-1].members) == (own.slug, "member", [])


def test_a_direct_room_in_the_sidebar_is_called_after_the_other_one(
    direct_room: Room, owner: User
) -> None:
    (listed,) = rooms_beside(owner)
    assert (listed.name, {member.username for member in listed.members}) == (
        "member",
        {"owner", "member"},
    )


def test_one_room_of_many_members_is_read_in_as_many_statements_as_one_of_few(
    public_room: Room, owner: User, django_assert_num_queries: CountsQueries
) -> None:
    fill(public_room, 2 * LISTED)
    with django_assert_num_queries(3):
        assert len(room_wire(owner, public_room.slug).members) == LISTED


@pytest.mark.parametrize("gone", [None, "no-such-room"])
def test_who_left_no_room_begins_in_the_oldest_one(
    gone: str | None, public_room: Room, room: Room, member: User, stranger: User
) -> None:
    assert where_to_begin(stranger, gone) == public_room.slug
    assert where_to_begin(member, gone) == min(public_room, room, key=lambda r: r.pk).slug
    assert where_to_begin(member, room.slug) == room.slug


def test_who_may_open_no_room_begins_in_none(room: Room, stranger: User) -> None:
    assert where_to_begin(stranger, room.slug) is None
