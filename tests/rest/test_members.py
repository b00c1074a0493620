"""Members and invitations over HTTP."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from chat.models import Invitation, Membership, Room
from chat.types import Role
from tests.rest.conftest import Calling


def test_the_owner_puts_somebody_in_and_out(
    calling: Calling, owner: User, stranger: User, room: Room
) -> None:
    caller = calling(owner)
    added = caller.post(f"/rooms/{room.slug}/members/", username="stranger", role="reader")
    assert added.status_code == 201
    assert (added.json()["username"], added.json()["role"]) == ("stranger", "reader")
    again = caller.post(f"/rooms/{room.slug}/members/", username="stranger")
    assert (again.status_code, again.json()["code"]) == (409, "already_member")
    changed = caller.patch(f"/rooms/{room.slug}/members/stranger/", role="moderator")
    assert changed.json()["role"] == "moderator"
    assert caller.delete(f"/rooms/{room.slug}/members/stranger/").status_code == 204
    assert calling(stranger).get(f"/rooms/{room.slug}/").status_code == 404


def test_all_members_are_listed_by_page_and_to_no_stranger(
    calling: Calling, reader: User, stranger: User, room: Room
) -> None:
    path = f"/rooms/{room.slug}/members/"
    page = calling(reader).get(path).json()
    assert [(m["username"], m["role"]) for m in page["results"]] == [
        ("owner", "owner"), ("member", "member"), ("reader", "reader"),
    ]  # fmt: skip
    assert (page["previous"], page["next"]) == (None, None)
    assert calling(reader).get(path, page=2).json()["results"] == []
    assert calling(stranger).get(path).json()["code"] == "room_not_found"


def test_members_are_found_by_the_beginning_of_a_handle_or_a_part_of_a_name(
    calling: Calling, reader: User, stranger: User, room: Room
) -> None:
    User.objects.filter(username="member").update(name="王小明")
    path = f"/rooms/{room.slug}/members/"
    for query, found in (("MEM", ["member"]), ("小明", ["member"]), ("ember", []), ("%", [])):
        results = calling(reader).get(path, q=query).json()["results"]
        assert [one["username"] for one in results] == found, query
    assert calling(reader).get(path, q="x" * 65).status_code == 400
    assert calling(stranger).get(path, q="mem").status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.READER])
def test_members_and_readers_manage_nobody(
    calling: Calling, member: User, stranger: User, room: Room, role: Role
) -> None:
    Membership.objects.filter(user=member).update(role=role)
    caller = calling(member)
    refusals = [
        caller.post(f"/rooms/{room.slug}/members/", username="stranger"),
        caller.patch(f"/rooms/{room.slug}/members/reader/", role="member"),
        caller.delete(f"/rooms/{room.slug}/members/reader/"),
        caller.post(f"/rooms/{room.slug}/invitations/"),
    ]
    assert {(r.status_code, r.json()["code"]) for r in refusals} == {(403, "not_allowed")}


def test_a_moderator_makes_no_owner(calling: Calling, member: User, room: Room) -> None:
    Membership.objects.filter(user=member).update(role=Role.MODERATOR)
    caller = calling(member)
    assert caller.patch(f"/rooms/{room.slug}/members/reader/", role="owner").status_code == 403
    assert caller.delete(f"/rooms/{room.slug}/members/owner/").status_code == 403
    assert caller.patch(f"/rooms/{room.slug}/members/reader/", role="member").status_code == 200


def test_a_room_keeps_an_owner(calling: Calling, owner: User, room: Room) -> None:
    path = f"/rooms/{room.slug}/members/owner/"
    for refused in (calling(owner).patch(path, role="member"), calling(owner).delete(path)):
        assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")


@pytest.mark.parametrize("role", ["king", "", None])
def test_a_role_that_is_none_is_refused(
    calling: Calling, owner: User, member: User, room: Room, role: object
) -> None:
    refused = calling(owner).patch(f"/rooms/{room.slug}/members/member/", role=role)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")


def test_whoever_has_the_link_comes_in(
    calling: Calling, owner: User, stranger: User, room: Room
) -> None:
    made = calling(owner).post(f"/rooms/{room.slug}/invitations/")
    assert made.status_code == 201
    entered = calling(stranger).post(f"/invitations/{made.json()['token']}/accept/")
    assert (entered.json()["slug"], entered.json()["role"]) == (room.slug, "member")


def test_a_link_that_has_ended_lets_nobody_in(
    calling: Calling, owner: User, stranger: User, room: Room
) -> None:
    token = calling(owner).post(f"/rooms/{room.slug}/invitations/").json()["token"]
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    for wrong in (token, "no-such-token"):
        refused = calling(stranger).post(f"/invitations/{wrong}/accept/")
        assert (refused.status_code, refused.json()["code"]) == (404, "invitation_not_found")
    assert not Membership.objects.filter(user=stranger).exists()
