"""Bad input over the socket: each gets its code, the socket lives on, nothing is written."""

import json
from typing import Any

import pytest

from tests.flows.client import Person, RejectedError, Socket
from tests.flows.client.person import new_client_id

GOOD = {"text": "hello", "to": {"kind": "everyone"}}


async def still_works(socket: Socket, person: Person, room: str, count: int = 0) -> None:
    """The socket answers, and the room holds `count` messages."""
    await socket.command("typing.start", room=room)
    assert len(await person.messages(room)) == count


@pytest.mark.parametrize(
    "text",
    ["{", "", "null", "[]", '"text"', "{}", '{"type":"room.open"}', '{"id":"1"}', "\ud83d{"[1:]],
)
async def test_a_frame_that_is_no_command_is_refused(owner: Person, room: str, text: str) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await socket.send_text(text)
        refused = await socket.expect("command.rejected")
        assert refused["code"] in ("frame_invalid", "command_invalid", "command_unknown")
        await still_works(socket, owner, room)


@pytest.mark.parametrize("kind", ["room.destroy", "message.created", "user.revoked", ""])
async def test_a_command_that_does_not_exist_is_refused(
    owner: Person, room: str, kind: str
) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        with pytest.raises(RejectedError) as refused:
            await socket.command(kind, room=room)
        assert refused.value.code == "command_unknown"
        await still_works(socket, owner, room)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": ""}, "text_empty"),
        ({"text": "\u3000 \n"}, "text_empty"),
        ({"text": "\u200b\u2060"}, "text_empty"),
        ({"text": "字" * 8_001}, "text_too_long"),
        ({"text": "bell \x07"}, "text_invalid"),
        ({"text": "nul \x00"}, "text_invalid"),
        ({"text": "turned \u202e txet"}, "text_invalid"),
        ({"text": "hidden \u2066 text"}, "text_invalid"),
        ({"text": 5}, "command_invalid"),
        ({"text": None}, "command_invalid"),
        ({"client_id": ""}, "client_id_invalid"),
        ({"client_id": "x" * 65}, "client_id_invalid"),
        ({"client_id": 7}, "command_invalid"),
        ({"room": "there-is-no-such-room"}, "room_not_found"),
        ({"room": "nul \x00"}, "room_not_found"),
        ({"room": 12}, "command_invalid"),
        ({"to": {"kind": "nobody"}}, "command_invalid"),
        ({"to": {"kind": "member", "username": "nobody-has-this"}}, "addressee_left"),
        ({"to": {"kind": "assistant", "username": "nobody-has-this"}}, "addressee_left"),
        ({"to": {"kind": "member", "username": "nul \x00"}}, "addressee_left"),
        ({"reply_to": 2**40}, "message_not_found"),
        ({"reply_to": "first"}, "command_invalid"),
    ],
)
async def test_what_cannot_be_sent_gets_its_code(
    owner: Person, room: str, wrong: dict[str, Any], code: str
) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        fields = {"room": room, "client_id": new_client_id(), **GOOD, **wrong}
        with pytest.raises(RejectedError) as refused:
            await socket.command("message.send", **fields)
        assert refused.value.code == code
        await still_works(socket, owner, room)


async def test_a_frame_of_one_megabyte_is_refused(owner: Person, room: str) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await socket.send_text(json.dumps({"id": "1", "type": "message.send", "text": "x" * 2**20}))
        assert (await socket.expect("command.rejected"))["code"] == "frame_too_large"
        await still_works(socket, owner, room)


@pytest.mark.parametrize("head", ['{"deep":', '{"id":"1","type":"room.destroy","deep":'])
async def test_a_frame_of_bottomless_brackets_is_refused(
    owner: Person, room: str, head: str
) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await socket.send_text(head + "[" * 50_000 + "]" * 50_000 + "}")
        refused = await socket.expect("command.rejected")
        assert refused["code"] in ("frame_invalid", "command_invalid")
        await still_works(socket, owner, room)


async def test_a_binary_frame_is_refused(owner: Person, room: str) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await socket.connection.send(b'{"id":"1","type":"typing.start"}')
        assert (await socket.expect("command.rejected"))["code"] == "frame_invalid"
        await still_works(socket, owner, room)


async def test_a_message_of_a_room_that_is_not_mine_does_not_exist(
    owner: Person, stranger: Person, room: str
) -> None:
    secret = await owner.send(room, "secret")
    own = (await stranger.create_room("Own", "private"))["slug"]
    async with await stranger.connect() as socket:
        await socket.open_room(own)
        for kind, fields in (
            ("message.edit", {"text": "changed"}),
            ("message.delete", {}),
            ("reaction.toggle", {"emoji": "👍"}),
        ):
            with pytest.raises(RejectedError) as refused:
                await socket.command(kind, message=secret["id"], **fields)
            assert refused.value.code == "message_not_found"
        fields = {"room": own, "client_id": new_client_id(), "text": "about that"}
        with pytest.raises(RejectedError) as refused:
            await socket.command("message.send", **fields, reply_to=secret["id"])
        assert refused.value.code == "message_not_found"
        await still_works(socket, stranger, own)
    assert await owner.messages(room) == [secret]


async def test_a_room_that_is_not_mine_does_not_exist(
    owner: Person, stranger: Person, room: str
) -> None:
    async with await stranger.connect() as socket:
        for kind, fields in (
            ("room.open", {}),
            ("room.resume", {"after_seq": 0, "replies": {}}),
            ("message.send", {"client_id": new_client_id(), "text": "hello"}),
            ("typing.start", {}),
            ("read.mark", {"seq": 1}),
        ):
            with pytest.raises(RejectedError) as refused:
                await socket.command(kind, room=room, **fields)
            assert refused.value.code in ("room_not_found", "room_not_open")
        marker = await owner.send("comic", "marker")
        await socket.open_room("comic", after_seq=marker["seq"] - 1)
        assert [frame for frame in socket.frames if frame.get("room") == room] == []
    assert await owner.messages(room) == []


async def test_a_reader_writes_by_no_command(owner: Person, reader: Person, room: str) -> None:
    sent = await owner.send(room, "read this")
    async with await reader.connect() as socket:
        await socket.open_room(room)
        for kind, fields in (
            ("message.send", {"room": room, "client_id": new_client_id(), "text": "hello"}),
            ("message.edit", {"message": sent["id"], "text": "changed"}),
            ("message.delete", {"message": sent["id"]}),
            ("reaction.toggle", {"message": sent["id"], "emoji": "👍"}),
        ):
            with pytest.raises(RejectedError) as refused:
                await socket.command(kind, **fields)
            assert refused.value.code in ("read_only", "not_allowed")
    assert await owner.messages(room) == [sent]


async def test_a_member_changes_nobody_elses_words(
    owner: Person, member: Person, room: str
) -> None:
    sent = await owner.send(room, "mine")
    async with await member.connect() as socket:
        for kind, fields in (("message.edit", {"text": "yours"}), ("message.delete", {})):
            with pytest.raises(RejectedError) as refused:
                await socket.command(kind, message=sent["id"], **fields)
            assert refused.value.code == "not_allowed"
    assert await owner.messages(room) == [sent]


@pytest.mark.parametrize("emoji", ["", "not an emoji", "👍👍", "<b>", "x", "\u202e"])
async def test_a_reaction_is_one_emoji(owner: Person, room: str, emoji: str) -> None:
    sent = await owner.send(room, "hello")
    async with await owner.connect() as socket:
        with pytest.raises(RejectedError) as refused:
            await socket.command("reaction.toggle", message=sent["id"], emoji=emoji)
        assert refused.value.code in ("emoji_invalid", "command_invalid")
    assert await owner.messages(room) == [sent]


async def test_an_addressee_who_left_is_named_as_the_reason(
    owner: Person, member: Person, room: str, change_role: Any
) -> None:
    await change_role(room, member.username, None)
    async with await owner.connect() as socket:
        to = {"kind": "member", "username": member.username}
        with pytest.raises(RejectedError) as refused:
            await socket.command(
                "message.send", room=room, client_id=new_client_id(), text="hello", to=to
            )
        assert refused.value.code == "addressee_left"
    assert await owner.messages(room) == []


@pytest.mark.parametrize("id_field", [{}, {"id": None}, {"id": []}, {"id": {}}])
async def test_a_command_without_an_id_of_its_own_is_refused(
    owner: Person, room: str, id_field: dict[str, Any]
) -> None:
    async with await owner.connect() as socket:
        await socket.open_room(room)
        await socket.send_text(json.dumps({**id_field, "type": "typing.start", "room": room}))
        assert (await socket.expect("command.rejected"))["code"] == "command_invalid"
        await still_works(socket, owner, room)
