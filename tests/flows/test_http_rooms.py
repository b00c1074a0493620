"""Rooms over HTTP: who sees which, who makes and enters them."""

import pytest

from tests.flows.client import ApiError, Person


async def test_the_four_seeded_rooms_have_the_slugs_of_their_styles(stranger: Person) -> None:
    rooms = {room["slug"]: room for room in await stranger.rooms()}
    for style in ("minimalist", "comic", "pixel", "realistic"):
        assert rooms[style]["style"] == style
        assert rooms[style]["kind"] == "public"
        assert rooms[style]["role"] is None


async def test_a_room_has_its_members_with_their_roles(
    owner: Person, member: Person, reader: Person, room: str
) -> None:
    seen = await member.room(room)
    assert seen["role"] == "member"
    assert {(m["username"], m["role"]) for m in seen["members"]} >= {
        (owner.username, "owner"),
        (member.username, "member"),
        (reader.username, "reader"),
    }


async def test_a_private_room_does_not_exist_for_a_stranger(stranger: Person, room: str) -> None:
    for path in (f"rooms/{room}/", f"rooms/{room}/messages/", "rooms/there-is-no-such-room/"):
        with pytest.raises(ApiError) as refused:
            await stranger.get(f"/api/v1/{path}")
        assert (refused.value.status, refused.value.code) == (404, "room_not_found")
    assert room not in {found["slug"] for found in await stranger.rooms()}


async def test_a_new_room_belongs_to_who_made_it(owner: Person) -> None:
    made = await owner.create_room("Tea & 茶", "private", topic="Leaves", style="comic")
    assert (made["name"], made["topic"], made["style"]) == ("Tea & 茶", "Leaves", "comic")
    assert (made["role"], made["seq"], made["unread"]) == ("owner", 0, 0)
    assert made["slug"] in {room["slug"] for room in await owner.rooms()}


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"kind": "secret"},
        {"style": "cubist"},
        {"name": "x" * 1000},
        {"kind": "direct"},
        {"name": None},
    ],
)
async def test_a_room_that_cannot_be_is_refused(owner: Person, wrong: dict[str, object]) -> None:
    body = {"name": "Room", "kind": "private", "style": "pixel", **wrong}
    before = len(await owner.rooms())
    with pytest.raises(ApiError) as refused:
        await owner.post("/api/v1/rooms/", body, 201)
    assert refused.value.status == 400
    assert len(await owner.rooms()) == before


async def test_anybody_signed_in_joins_a_public_room_by_posting(
    owner: Person, stranger: Person
) -> None:
    made = await owner.create_room("Market", "public")
    assert (await stranger.room(made["slug"]))["role"] is None
    await stranger.send(made["slug"], "good morning")
    assert (await stranger.room(made["slug"]))["role"] == "member"


async def test_two_people_have_one_room_for_private_messages(
    owner: Person, member: Person, stranger: Person
) -> None:
    ours = await owner.direct_message(member.username)
    theirs = await member.direct_message(owner.username)
    assert ours["slug"] == theirs["slug"]
    assert ours["kind"] == "direct"
    assert {m["username"] for m in ours["members"]} == {owner.username, member.username}
    with pytest.raises(ApiError) as refused:
        await stranger.room(ours["slug"])
    assert refused.value.code == "room_not_found"


async def test_a_private_message_to_nobody_is_refused(owner: Person) -> None:
    with pytest.raises(ApiError) as refused:
        await owner.direct_message("nobody-has-this-handle")
    assert (refused.value.status, refused.value.code) == (404, "user_not_found")


async def test_unread_counts_what_others_said_and_i_have_not_seen(
    owner: Person, member: Person, room: str
) -> None:
    for text in ("one", "two"):
        await owner.send(room, text)
    assert (await member.room(room))["unread"] == 2
    assert (await owner.room(room))["unread"] == 0
    newest = (await member.room(room))["seq"]
    async with await member.connect() as socket:
        await socket.open_room(room)
        await socket.command("read.mark", room=room, seq=newest)
    assert (await member.room(room))["unread"] == 0
