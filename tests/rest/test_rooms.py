"""Rooms over HTTP: each role sees and changes what is theirs."""

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from chat.models import Membership, Room
from chat.types import Role, RoomKind
from tests.factories.rooms import make_room
from tests.rest.conftest import Calling


def test_a_member_reads_a_room_with_its_members(calling: Calling, member: User, room: Room) -> None:
    seen = calling(member).get(f"/rooms/{room.slug}/").json()
    assert set(seen) == {
        "slug", "name", "topic", "kind", "style", "seq", "unread", "role", "members",
    }  # fmt: skip
    assert (seen["kind"], seen["role"]) == ("private", "member")
    assert {(m["username"], m["role"]) for m in seen["members"]} == {
        ("owner", "owner"), ("member", "member"), ("reader", "reader"),
    }  # fmt: skip


def test_a_private_room_is_not_there_for_a_stranger(
    calling: Calling, stranger: User, room: Room
) -> None:
    caller = calling(stranger)
    assert caller.get("/rooms/").json()["results"] == []
    for path in (f"/rooms/{room.slug}/", f"/rooms/{room.slug}/messages/"):
        refused = caller.get(path)
        assert (refused.status_code, refused.json()["code"]) == (404, "room_not_found")


def test_a_public_room_is_there_for_everyone_and_has_no_role_for_a_visitor(
    calling: Calling, stranger: User, public_room: Room
) -> None:
    (seen,) = calling(stranger).get("/rooms/").json()["results"]
    assert (seen["slug"], seen["role"]) == (public_room.slug, None)


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_token_nobody_comes_in(nobody: APIClient, db: None, method: str) -> None:
    refused = getattr(nobody, method)("/api/v1/rooms/")
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")
    assert refused.json()["code"] == "not_authenticated"


def test_an_assistant_may_not_use_the_api(assistant: User) -> None:
    client = APIClient()
    client.force_authenticate(assistant)
    refused = client.get("/api/v1/rooms/")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_denied")


def test_a_new_room_is_owned_by_who_made_it_and_holds_the_assistants(
    calling: Calling, owner: User, assistant: User
) -> None:
    made = calling(owner).post("/rooms/", name=" 茶 ", kind="private", style="comic", topic="葉")
    assert made.status_code == 201
    room = made.json()
    assert (room["name"], room["topic"], room["role"]) == ("茶", "葉", "owner")
    assert {m["username"] for m in room["members"]} == {"owner", "sage"}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": ""}, "room_invalid"),
        ({"name": "x" * 65}, "room_invalid"),
        ({"kind": "direct"}, "room_invalid"),
        ({"style": "cubist"}, "room_invalid"),
        ({"name": None}, "invalid"),
        ({"name": 5}, "invalid"),
        ({"topic": ["a"]}, "invalid"),
    ],
)
def test_a_room_that_cannot_be_is_refused(
    calling: Calling, owner: User, wrong: dict[str, object], code: str
) -> None:
    body = {"name": "Room", "kind": "private", "style": "pixel", **wrong}
    refused = calling(owner).post("/rooms/", **body)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not Room.objects.exists()


def test_wrong_fields_are_named_with_their_sentences(calling: Calling, owner: User) -> None:
    refused = calling(owner).post("/rooms/", style="pixel").json()
    assert set(refused["data"]) == {"name", "kind"}
    assert all(sentences and sentences[0] for sentences in refused["data"].values())


def test_only_the_owner_changes_a_room(
    calling: Calling, owner: User, member: User, stranger: User, room: Room
) -> None:
    path = f"/rooms/{room.slug}/"
    assert calling(member).patch(path, name="Mine").json()["code"] == "not_allowed"
    assert calling(stranger).patch(path, name="Mine").json()["code"] == "room_not_found"
    changed = calling(owner).patch(path, style="pixel").json()
    assert (changed["name"], changed["style"]) == ("Tea house", "pixel")


def test_pages_of_rooms_hold_two_hundred_and_repeat_none(calling: Calling, owner: User) -> None:
    Room.objects.bulk_create(
        Room(slug=f"r{number}", name=f"R{number}", kind=RoomKind.PUBLIC) for number in range(205)
    )
    first = calling(owner).get("/rooms/").json()
    second = calling(owner).get(first["next"]).json()
    assert (len(first["results"]), len(second["results"])) == (200, 5)
    assert (first["previous"], second["next"]) == (None, None)
    slugs = {room["slug"] for room in first["results"] + second["results"]}
    assert len(slugs) == 205


def test_joining_and_leaving_a_public_room(
    calling: Calling, stranger: User, public_room: Room
) -> None:
    caller = calling(stranger)
    assert caller.post(f"/rooms/{public_room.slug}/join/").json()["role"] == "member"
    assert caller.post(f"/rooms/{public_room.slug}/leave/").status_code == 204
    assert caller.get(f"/rooms/{public_room.slug}/").json()["role"] is None


def test_a_private_room_cannot_be_joined(calling: Calling, stranger: User, room: Room) -> None:
    assert calling(stranger).post(f"/rooms/{room.slug}/join/").status_code == 404
    assert not Membership.objects.filter(user=stranger).exists()


def test_the_only_owner_cannot_leave(calling: Calling, owner: User, room: Room) -> None:
    refused = calling(owner).post(f"/rooms/{room.slug}/leave/")
    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")


def test_private_messages_have_one_room_for_two(
    calling: Calling, owner: User, member: User, stranger: User
) -> None:
    ours = calling(owner).post("/direct-messages/", username="member")
    theirs = calling(member).post("/direct-messages/", username="owner")
    assert ours.status_code == 200
    assert ours.json()["slug"] == theirs.json()["slug"]
    assert (ours.json()["kind"], ours.json()["name"]) == ("direct", "member")
    assert calling(stranger).get(f"/rooms/{ours.json()['slug']}/").status_code == 404


@pytest.mark.parametrize("username", ["owner", "nobody", ""])
def test_private_messages_with_nobody_or_oneself_are_refused(
    calling: Calling, owner: User, username: str
) -> None:
    refused = calling(owner).post("/direct-messages/", username=username)
    assert (refused.status_code, refused.json()["code"]) == (404, "user_not_found")


def test_listing_rooms_costs_the_same_however_many_there_are(
    calling: Calling, owner: User, member: User, django_assert_max_num_queries: object
) -> None:
    caller = calling(owner)
    for number in range(5):
        make_room(owner, name=f"Room {number}", members=(member,))
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        assert len(caller.get("/rooms/").json()["results"]) == 5
    assert Membership.objects.filter(user=owner, role=Role.OWNER).count() == 5
